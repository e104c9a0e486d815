import { type SendPhotosWords, sendPhotosEnglish } from './send-photos-words.ts';

/** By which ways files may have to go: in parts to the host of the page, or whole to where a grant says. */
export type SendingWays = { readonly inParts: boolean; readonly wholeFile: boolean };

const partByPart = `const grant=btoa(JSON.stringify(s.fields||{}));
while(s.state=='expected'){f.bar.value=s.at;f.text.textContent=Math.floor(s.at/f.file.size*100)+' %';
s=await api(f.at,{method:'PATCH',headers:{'upload-offset':s.at,'upload-grant':grant},body:f.file.slice(s.at,s.at+size)});tries=0}
`;

/** Posted past us, it is noted a moment later: asked for half a minute, then taken for stored, which it is. */
const asForm = (
  onItsWay: string,
) => `if(s.url&&s.state=='expected'){f.bar.value=0;f.text.textContent='${onItsWay}';const d=new FormData;for(const k in s.fields)d.append(k,s.fields[k]);d.append('file',f.file);
if(!(await fetch(s.url,{method:'POST',body:d,signal:AbortSignal.timeout(6e5)})).ok)throw Error();
for(let n=0;s.state=='expected'&&n<30;n++){await pause(1e3);s=await api(f.at)}return s.state=='expected'?{state:'stored'}:s}
`;

/**
 * Sends photos from the form `SendPhotos`. One file after the other, in parts as small as the line
 * needs; what arrived before a cut counts, what is left waits in this browser. Where the grant names an address, the file
 * goes there whole, as a form. Files that failed for good say why.
 */
export const sendPhotosScript = (
  { inParts, wholeFile }: SendingWays,
  words: SendPhotosWords = sendPhotosEnglish,
): string => `(()=>{
const q=s=>document.querySelector(s),form=q('.send');if(!form)return;
const {to,opens,closes}=form.dataset,[consent,minors,pick]=form,list=q('.files'),said=q('.said'),all=[];
const open=()=>{const now=+new Date;form.hidden=now<opens||now>=closes};open();setInterval(open,2e4);
const make=(name,more)=>Object.assign(document.createElement(name),more);
const pause=ms=>new Promise(ok=>{setTimeout(ok,ms);addEventListener('online',ok,{once:true})});
const keep=work=>new Promise(ok=>{const r=indexedDB.open('photos',1);r.onerror=()=>ok();r.onupgradeneeded=()=>r.result.createObjectStore('q');
r.onsuccess=()=>{const t=r.result.transaction('q','readwrite'),a=work(t.objectStore('q'));t.oncomplete=()=>ok(a.result||1);t.onabort=()=>ok()}}).catch(()=>{});
const api=async(url,init)=>{const r=await fetch(url,{...init,signal:AbortSignal.timeout(3e4)}),b=await r.json();if(r.ok)return b;
throw Object.assign(Error(b.detail),{cure:b.cure,final:r.status<500&&!/elsewhere|forbidden|many/.test(b.code)})};
let size=0,busy;
const send=async f=>{for(let tries=0;;)try{
let s=await api(to,{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({type:f.type,size:f.file.size,mark:f.mark,consent:true,minors:f.minors})});
size=size||s.part;f.at=to+'/'+s.photo;f.key=s.key;
${wholeFile ? asForm(words.onItsWay) : ''}${inParts ? partByPart : ''}return s}catch(e){
if(e.final||tries>6)return e.final?{state:'never',reason:e.message,cure:e.cure}:{state:'failed',reason:'${words.broke}'};
size=Math.max(2**15,size>>1);f.text.textContent='${words.noLine}';await pause(1e3*2**tries++)}};
const end=(f,{state,reason,cure})=>{f.state=state;const bad=!!reason;f.li.className=bad?'bad':'ok';f.bar.hidden=true;f.again.hidden=state!='failed';f.drop.hidden=!bad;
f.text.textContent=bad?reason+' '+(cure||''):state=='doubled'?'${words.doubled}':'${words.stored}';if(state!='failed')keep(s=>(f.key&&s.put({at:f.at,key:f.key,name:f.file.name},'s'+to+f.mark),s.delete(to+f.mark)));tell()};
const tell=()=>{const ok=all.filter(f=>f.li.className=='ok').length,n=all.length;said.textContent=n?'${words.tally}'.replace('#',ok).replace('#',n)+(ok==n?' ${words.looked}':''):''};
const run=async()=>{if(busy)return;busy=1;for(let f;f=all.find(f=>f.state=='waits');){const s=await send(f);for(const g of s.state=='failed'?all.filter(g=>g.state=='waits'):[f])end(g,s)}busy=0;
await pause(6e3);for(const f of all)if(f.state=='stored'){const s=await api(f.at).catch(()=>f);if(s.state=='refused')end(f,s);else f.state='done'}};
const wait=f=>{f.state='waits';f.li.className='';f.bar.hidden=false;f.again.hidden=f.drop.hidden=true;f.text.textContent='${words.waits}';tell();run()};
const retry=()=>all.forEach(f=>f.state=='failed'&&wait(f));
const add=(file,mark,minors)=>{if(all.some(f=>f.mark==mark))return;
const f={file,mark,minors,type:file.type||(/hei[cf]$/i.test(file.name)?'image/heic':''),li:make('li'),bar:make('progress',{max:file.size||1,value:0,ariaLabel:file.name}),text:make('span'),
again:make('button',{type:'button',textContent:'${words.again}',onclick:retry}),drop:make('button',{type:'button',textContent:'${words.leaveOut}',onclick:()=>{all.splice(all.indexOf(f),1);f.li.remove();keep(s=>s.delete(to+mark));tell()}})};
f.li.append(make('b',{textContent:file.name}),f.bar,f.text,f.again,f.drop);list.append(f.li);all.push(f);wait(f)};
const take=()=>{if(!pick.files.length)return;if(!consent.checked){said.textContent='${words.tick}';consent.focus();return}
for(const file of pick.files){const mark=[file.size,file.lastModified,[...file.name].reduce((h,c)=>(h*31+c.codePointAt())>>>0,7)].join('.');
keep(s=>s.put({file,mark,minors:minors.checked},to+mark));add(file,mark,minors.checked)}pick.value=''};
pick.onchange=consent.onchange=take;
addEventListener('online',retry);
keep(s=>s.getAll(IDBKeyRange.bound(to,to+'~'))).then(left=>{if(left&&left.forEach)left.forEach(({file,mark,minors})=>add(file,mark,minors))});})()`;

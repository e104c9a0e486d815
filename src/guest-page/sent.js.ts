import type { PageWords } from './page-words.ts';

/** Asks how each photo stands that this device sent, and takes it back or puts it back when its button is pressed. */
export const sentScript = (words: PageWords['sent']): string => `(()=>{
const list=document.querySelector('.sent'),said=document.querySelector('.said'),to='s'+location.pathname,words=${JSON.stringify(words.states)};
const make=(name,more)=>Object.assign(document.createElement(name),more);
const asked=async(url,init)=>{const r=await fetch(url,{...init,signal:AbortSignal.timeout(3e4)}),b=await r.json();if(!r.ok&&b.code!=='photo-decided')throw Error();return r.ok?b:{state:'decided'}};
const row=async({at,key,name})=>{
const li=make('li'),text=make('span',{textContent:'…'}),button=make('button',{type:'button',hidden:true});
li.append(make('b',{textContent:name}),text,button);list.append(li);
const show=({state,decided})=>{const is=decided?'decided':state;text.textContent=words[is]||words.decided;
button.hidden=is!='stored'&&is!='withdrawn';button.textContent=is=='withdrawn'?${JSON.stringify(words.putBack)}:${JSON.stringify(words.takeBack)};
button.onclick=async()=>{button.disabled=true;try{show(await asked(at,{method:is=='withdrawn'?'PUT':'DELETE',headers:{'upload-key':key}}))}catch{text.textContent=${JSON.stringify(words.noLine)}}button.disabled=false}};
try{show(await asked(at))}catch{text.textContent=${JSON.stringify(words.noLine)}}};
const none=()=>{said.textContent=${JSON.stringify(words.none)}};
const open=indexedDB.open('photos',1);open.onerror=none;open.onupgradeneeded=()=>open.result.createObjectStore('q');
open.onsuccess=()=>{const all=open.result.transaction('q').objectStore('q').getAll(IDBKeyRange.bound(to,to+'~'));
all.onerror=none;all.onsuccess=()=>{all.result.length?all.result.forEach(row):none()}}})()`;

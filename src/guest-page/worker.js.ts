/**
 * Keeps the guest page and the pictures that were looked at, so that they open without a network: what the network says
 * comes first, what was kept is for when it says nothing. A picture that left its page is dropped with the next visit;
 * a page that is gone, at once. Sending photos passes it by.
 */
export const workerScript = `const about=/\\/(uploads|photos\\.zip|photos\\/removal)/;
addEventListener('install',()=>skipWaiting());
addEventListener('activate',e=>e.waitUntil(clients.claim()));
addEventListener('fetch',e=>{
  const {request}=e;
  if(request.method!=='GET'||about.test(request.url))return;
  e.respondWith((async()=>{
    const kept=await caches.open('pages');
    const how={ignoreVary:true,ignoreSearch:true};
    try{
      const answer=await fetch(request);
      if(answer.ok)await kept.put(request,answer.clone());
      else if(answer.status===404)await kept.delete(request,how);
      if(answer.ok&&request.mode==='navigate')await tidy(kept,request.url,await answer.clone().text());
      return answer;
    }catch(error){
      const known=await kept.match(request,how);
      if(known)return known;
      throw error;
    }
  })());
});
const tidy=async(kept,page,text)=>{
  const mine=new URL(page).pathname+'/photos/';
  for(const key of await kept.keys()){
    const {pathname}=new URL(key.url);
    if(pathname.startsWith(mine)&&!text.includes(pathname))await kept.delete(key);
  }
};
`;

/** Shows the pictures of the guest page one at a time, by touch or keyboard; without it each opens by itself. */
export const viewerScript = (of: string): string => `(()=>{
const big=document.querySelector('dialog'),links=[...document.querySelectorAll('.gallery a')];if(!big||!big.showModal)return;
const [img,words,back,next,close]=big.children;let at=0;
const show=n=>{at=(n+links.length)%links.length;img.src=links[at].href;img.alt=links[at].querySelector('img').alt;words.textContent=at+1+'${of}'+links.length+(links[at].nextElementSibling.matches('p')?': '+img.alt:'');big.open||big.showModal()};
links.forEach((link,n)=>link.onclick=e=>{if(e.metaKey||e.ctrlKey||e.shiftKey)return;e.preventDefault();show(n)});
back.onclick=()=>show(at-1);next.onclick=()=>show(at+1);close.onclick=()=>big.close();big.onclose=()=>links[at].focus();
big.onkeydown=e=>{const by={ArrowLeft:-1,ArrowRight:1}[e.key];if(by)show(at+by)}})()`;

import { paths } from '#ui/paths.ts';
import type { PageWords } from './page-words.ts';

/**
 * What the guest page adds where scripts run: it marks the phase its reader is in, says that phase's sentence at the
 * top, puts first what matters in it and leaves out what no longer does, and counts down to boarding. It reads the clock
 * of the device and asks nobody; the page is whole without it. It also has the page kept for where there is no network.
 */
export const pageScript = ({ units, countdown }: Pick<PageWords, 'units' | 'countdown'>): string => `(()=>{
const q=s=>document.querySelector(s),steps=[...document.querySelectorAll('[data-from]')],count=q('.count'),lead=q('.now'),start=+q('main').dataset.start;
const part=(n,[one,many])=>n+' '+(n===1?one:many);let phase;
const hour=${JSON.stringify(units.hour)},left=ms=>{const m=Math.ceil(ms/6e4),h=Math.floor(m/60),d=Math.floor(h/24);
return d>1?part(d,${JSON.stringify(units.day)})+(h%24?', '+part(h%24,hour):''):h?part(h,hour)+(m%60?', '+m%60+' min':''):m+' min'};
const tick=()=>{const now=+new Date,at=steps.filter(s=>+s.dataset.from<=now).pop();
for(const s of steps){s.classList.toggle('past',s!==at&&+s.dataset.from<=now);s===at?s.setAttribute('aria-current','step'):s.removeAttribute('aria-current')}
const words=at.querySelector('p').textContent;if(lead.textContent!==words)lead.textContent=words;
if(phase!==at.dataset.phase){phase=at.dataset.phase;for(const s of document.querySelectorAll('section,[data-in]')){const is=n=>(s.dataset[n]||'').split(' ').includes(phase);
s.hidden='in' in s.dataset&&!is('in');if(is('first')&&!s.matches('.wide'))s.parentNode.prepend(s)}}
count.hidden=q('a.do').hidden=now>=start;count.textContent='${countdown}'.replace('#',left(start-now))};
tick();setInterval(tick,2e4);addEventListener('pageshow',tick);
const net=()=>{q('.off').hidden=navigator.onLine};net();addEventListener('online',net);addEventListener('offline',net);
navigator.serviceWorker?.register('${paths.guestWorker}').then(()=>caches.open('pages')).then(c=>c.add(location.pathname)).catch(()=>{})})()`;

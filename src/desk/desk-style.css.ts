import { sha256 } from '#lib/digest.ts';

/** What only the desk needs: the month, the counts, the timeline. */
export const deskStyle = `.counts{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,6rem),1fr));padding:0;margin:0;list-style:none}
.counts a{display:grid;align-content:start;gap:.1rem;height:100%;padding:.8rem 1rem;background:var(--sheet);border:1px solid var(--line);border-radius:var(--round);color:inherit;text-decoration:none}
.counts a:hover{border-color:var(--sea)}.counts strong{font-size:1.75rem;line-height:1.1;font-weight:680;font-variant-numeric:tabular-nums}
.counts .bad strong{color:var(--port)}
.filters{display:grid;gap:.75rem;align-items:end;grid-template-columns:1fr 1fr}.filters .field:first-of-type{grid-column:1/-1}.filters>.row{grid-column:1/-1}
@media (min-width:60rem){.filters{grid-template-columns:minmax(14rem,2fr) 1fr 1fr auto}.filters .field:first-of-type,.filters>.row{grid-column:auto}}
.line{list-style:none;padding:0;margin:0;display:grid}
.line>li{display:grid;gap:.15rem;padding:0 0 1rem 1.25rem;border-left:2px solid var(--line);position:relative}
.line>li:last-child{padding-bottom:0;border-color:transparent}
.line>li::before{content:"";position:absolute;left:-.4rem;top:.42rem;width:.7rem;height:.7rem;border-radius:50%;background:var(--sea);border:2px solid var(--sheet)}
.line ul{padding-left:1.1rem;margin:0}
.items{list-style:none;padding:0;margin:0;display:grid;gap:.75rem}.items>li{display:grid;gap:.15rem}
.items>li+li{border-top:1px solid var(--line);padding-top:.75rem}
tbody th time{white-space:normal}.under{display:block;font-weight:400}.one-line{white-space:nowrap}.card:has(>form){max-width:49rem}
.fault{color:var(--port);font-size:.875rem;display:block}
.change{display:grid;gap:.25rem}.change .now{font-weight:650;font-size:1.05rem}
.month abbr{text-decoration:none}.month{table-layout:fixed;background:var(--sheet);border:1px solid var(--line)}
.month th{padding:.4rem .5rem;text-align:left}.month td{padding:.35rem .4rem;height:6.5rem;border:1px solid var(--line)}
.month .out{background:var(--paper)}.month .day{display:inline-block;min-width:1.6rem;font-size:.875rem;color:var(--soft)}
.month .today .day{background:var(--sea);color:var(--on-sea);border-radius:1rem;text-align:center;font-weight:650;padding:0 .3rem}
.month ul{list-style:none;padding:0;margin:.2rem 0 0;display:grid;gap:.25rem}
.trip{display:block;padding:.2rem .45rem;border-left:3px solid var(--sea);border-radius:.25rem;background:var(--sea-wash);color:var(--ink);font-size:.8125rem;line-height:1.35;text-decoration:none}
a.trip:hover{text-decoration:underline}.trip strong{font-variant-numeric:tabular-nums}
.trip.tentative{border-left-style:dashed;background:var(--brass-wash)}.trip.cancelled{border-color:var(--edge);background:var(--well);text-decoration:line-through}
.items time{white-space:normal}.manifest td,.manifest th,.manifest tr:last-child>*{border:1px solid var(--line);padding:.4rem .3rem;text-align:left;height:2.4rem}.spread{justify-content:space-between}.place details form,.items form{max-width:30rem}@media (pointer:coarse){a[href^="tel:"]{display:inline-flex;align-items:center;min-height:2.75rem}.items a:not(.button,[href^="tel:"]){padding-block:.65rem}}.check{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
.photos{list-style:none;padding:0;margin:0;display:grid;gap:1.25rem 1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr))}
.photos>li{display:grid;gap:.4rem;align-content:start;min-width:0}.photos img{display:block;width:100%;height:auto;aspect-ratio:4/3;object-fit:contain;background:var(--well);border-radius:var(--round)}
.photos form.inline{align-items:stretch}.photos details input{flex:1 1 8rem;width:auto}
@media (max-width:39.99rem){
.month,.month tbody,.month tr,.month td{display:block;height:auto}.month{border:0;background:none}
.month thead,.month td.empty-day,.month td.out{display:none}
.month td{display:grid;grid-template-columns:5.5rem 1fr;gap:.5rem;align-items:start;padding:.5rem 0;border:0;border-bottom:1px solid var(--line)}
.month .day,.month .today .day{font-size:1rem;color:var(--ink);padding-block:.7rem}.month .today .day{color:var(--sea);background:none;text-align:left;padding-inline:0}
.month ul{margin:0}.trip{padding:.75rem;font-size:1rem}}
@media (min-width:40rem){.month .weekday{display:none}}
@media (min-width:60rem){.whole{white-space:nowrap}}
`;

export const deskStylePath = '/desk/desk.css';

/** With its version, so that it may be kept for a year. */
export const deskStyleHref = `${deskStylePath}?v=${sha256(deskStyle).slice(0, 8)}`;

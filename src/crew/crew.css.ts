/**
 * What the crew pages add to the common look, for a phone held at arm's length in the sun: larger type, the call time
 * as the first thing seen, whole rows to press. Colours are the common ones, so both schemes come along.
 */
export const pageStyle = `body{font-size:1.125rem}
main{gap:1rem;padding-block:1.25rem 2.5rem}h1{font-weight:720}
small,.quiet,.foot{font-size:1rem}.foot a,.people a,.lone{display:inline-flex;align-items:center;min-height:2.75rem}
.card{gap:.75rem}.card h2{font-size:1.2rem}
.call{background:var(--navy);color:#fff;border-color:var(--navy);gap:.35rem}
.call h2{font-size:1.05rem;font-weight:600;color:#d5e5ec}
.call .clock{word-spacing:-.16em;font-size:clamp(2.75rem,13vw,3.75rem);line-height:1.05;font-weight:740;letter-spacing:-.02em}
.call .clock small{font-size:1.35rem;font-weight:600;letter-spacing:0;color:#fff}
.call .until{font-size:1.2rem;font-weight:650;color:#ffd95e}.call .sails{color:#fff}.call time{white-space:normal}
.off .clock small{display:inline-block}.off .clock,.off .sails{text-decoration:line-through;opacity:.8}
.answer{border-width:2px}.answer.accepted{border-color:var(--starboard);background:var(--starboard-wash)}
.answer.declined{border-color:var(--port);background:var(--port-wash)}.answer.unknown{border-color:var(--brass);background:var(--brass-wash)}
.answer .said{font-size:1.25rem;font-weight:700}.answer form{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}
.answer time{white-space:normal}.answer button{min-height:3.5rem;font-size:1.15rem}.answer button.back{background:none;font-size:1rem}
.button,button{min-height:3rem}.yes{background:var(--starboard);border-color:var(--starboard);color:var(--sheet)}.yes:hover{background:color-mix(in oklab,var(--starboard) 88%,var(--ink))}
.people{list-style:none;padding:0;display:grid}
.people li{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;min-height:3.25rem;padding:.35rem 0;border-bottom:1px solid var(--line)}
.people li:last-child{border:0}.people .name{flex:1 1 4rem;display:grid;line-height:1.25}.people .badge,.answer .badge{font-size:1rem}
.checks{list-style:none;padding:0;display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem}.card h3{font-size:1rem;color:var(--soft);font-weight:600;margin-top:.35rem}
.checks button{width:100%;white-space:normal;min-height:3.25rem;justify-content:flex-start;text-align:left;font-weight:500;gap:.75rem;line-height:1.3;padding-block:.6rem}
.checks button::before{content:"";flex:none;width:1.5rem;height:1.5rem;border:2px solid var(--edge);border-radius:.3rem;display:grid;place-content:center;font-weight:800;line-height:1}
.checks .done{background:var(--starboard-wash);border-color:var(--starboard)}
.checks .done::before{content:"✓";background:var(--starboard);border-color:var(--starboard);color:var(--sheet)}
.checks button>span{display:grid;min-width:0}.checks time{white-space:normal}.checks .done small{color:var(--ink)}
[hidden]{display:none!important}.waits button{border-style:dashed;border-color:var(--brass);background:var(--brass-wash);color:var(--ink)}.qr{width:min(100%,16rem);display:block;border-radius:.5rem}.manifest{border-collapse:collapse;width:100%;font-size:1rem}.manifest td,.manifest th,.manifest tr:last-child>*{border:1px solid var(--line);padding:.4rem .3rem;text-align:left;height:2.4rem}.call .button{background:#fff;color:#0a2737}
.send label{display:flex;gap:.75rem;align-items:center}.send label.button{position:relative}.send [type=file]{position:absolute;inset:0;min-height:0;opacity:0;font-size:0;cursor:pointer}.send label:has([type=file]:focus-visible){outline:3px solid var(--sea);outline-offset:2px}.said:empty{display:none}.said{font-weight:650}
.files{list-style:none;padding:0}.files li{display:grid;grid-template-columns:1fr auto;gap:.25rem .75rem;padding:.5rem 0;border-top:1px solid var(--line);font-size:1rem}.files b{font-weight:500}.files progress,.files .bad span{grid-column:1/-1;width:100%}.files .ok span::before{content:"✓ "}.files .bad span::before{content:"! "}
.notes{white-space:pre-line}.printed{display:none}
@supports (-webkit-touch-callout:none){.geo{display:none}}@media (hover:hover) and (pointer:fine){.geo{display:none}}
.paste textarea{min-height:5rem;font:1rem/1.4 ui-monospace,Menlo,Consolas,monospace}
.big{min-height:3.75rem;font-size:1.25rem;width:100%}
@media (min-width:60rem){main{max-width:64rem}.bar>div,.foot{max-width:64rem}.trip{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem;align-items:start}.trip>div{display:grid;gap:1rem}}
@media (max-width:59.99rem){.trip,.trip>div{display:grid;gap:1rem}}
@media (pointer:fine) and (min-width:60rem){.button,button{min-height:2.75rem}}
@media print{.answer.unknown{display:none}.call{padding:.5rem .75rem;background:none;color:#000;border:2px solid #000}.call h2,.call .clock small,.call .until,.call .sails{color:#000}.until,.feed,.unprinted,.people a,.answer .quiet{display:none}.printed{display:inline}.answer,.checks .done{background:none!important}
.checks form{display:block}.checks button{border:0;padding:.2rem 0;min-height:0}.answer form{display:none}.trip{display:block}.trip>div{display:block}.card{margin-bottom:.75rem}}
`;

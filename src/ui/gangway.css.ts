/**
 * The look of every page a person signs in to or opens by link: plain elements first, few classes.
 * Colours are named for what they mean on the water: sea for what can be pressed, starboard for done, brass for
 * waiting, port for trouble. All pairs keep 4.5:1 in both schemes. Kept under 12 kB, held by a test.
 */
export const stylesheet = `:root{color-scheme:light dark;
--paper:light-dark(#f3f6f7,#0c161c);--sheet:light-dark(#fff,#13212a);--well:light-dark(#e9eff1,#0f1b22);
--ink:light-dark(#0c2431,#e7eff3);--soft:light-dark(#465c69,#a3b7c2);--line:light-dark(#d2dde2,#283c48);--edge:light-dark(#71858f,#67808d);
--sea:light-dark(#085a78,#74cbe4);--on-sea:light-dark(#fff,#06222e);--sea-wash:light-dark(#e1eff4,#12323f);
--starboard:light-dark(#14603b,#7cd6a6);--starboard-wash:light-dark(#e0f2e8,#10301f);
--brass:light-dark(#6f4a00,#f0c674);--brass-wash:light-dark(#fbf0d6,#34290f);
--port:light-dark(#a01f1a,#ffa79c);--port-wash:light-dark(#fbe7e5,#3c1a18);
--navy:#0a2737;--navy-soft:#b9d0db;--round:.5rem;--gap:1rem}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100dvh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",sans-serif;overflow-wrap:break-word}
h1,h2,h3{line-height:1.2;text-wrap:balance;margin:0;letter-spacing:-.012em}
h1{font-size:clamp(1.45rem,1.2rem + 1vw,1.9rem);font-weight:680}
h2{font-size:1.15rem;font-weight:660}h3{font-size:1rem;font-weight:650;letter-spacing:0}
p,ul,ol,dl,table,figure,pre{margin:0}p,li,dd{text-wrap:pretty}
a{color:var(--sea);text-underline-offset:.18em;text-decoration-thickness:1px}a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--sea);outline-offset:2px;border-radius:.25rem}
time,td,dd,.number{font-variant-numeric:tabular-nums}time,.ago{white-space:nowrap}p time{white-space:normal}
small,.quiet{color:var(--soft);font-size:.875rem}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}code{overflow-wrap:anywhere}
pre{padding:var(--gap);background:var(--well);border-radius:var(--round);overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}
hr{border:0;border-top:1px solid var(--line);margin:0;width:100%}
.skip{position:absolute;left:-100vw;top:0;z-index:2;padding:.75rem 1rem;background:var(--sheet);color:var(--ink)}.skip:focus{left:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bar{background:var(--navy);color:#fff;border-bottom:3px solid light-dark(#3d9cbb,#2a7f9c)}
.bar>div,main,.foot{width:100%;max-width:48rem;margin-inline:auto;padding-inline:max(1rem,env(safe-area-inset-left)) max(1rem,env(safe-area-inset-right))}
.wide .bar>div,.wide main,.wide .foot{max-width:76rem}
.bar>div{display:flex;flex-wrap:wrap;align-items:center;column-gap:1.5rem}
.bar :focus-visible{outline-color:#fff}
.mark{display:inline-flex;align-items:center;gap:.6rem;min-height:3rem;font-weight:680;letter-spacing:.01em;color:#fff;text-decoration:none}
.mark::before{content:"";width:1.35rem;height:1rem;border-radius:2px;background:repeating-linear-gradient(90deg,#f5c842 0 16.67%,#2b6fb3 16.67% 33.34%)}
.who{margin-left:auto;display:flex;align-items:center;gap:.5rem;color:var(--navy-soft);font-size:.875rem}
.who button{min-height:2.75rem;padding:0 .6rem;border:0;background:none;color:#fff;font-weight:500;text-decoration:underline;text-underline-offset:.2em}
.nav{position:relative;display:flex;gap:.15rem;overflow-x:auto;scrollbar-width:none;margin-inline:-.6rem;flex:1 0 calc(100% + 1.2rem);order:1}
.nav a{display:flex;align-items:center;gap:.4rem;min-height:2.75rem;padding:0 .6rem;color:var(--navy-soft);text-decoration:none;white-space:nowrap;border-bottom:3px solid transparent;margin-bottom:-3px}
.nav a:hover{color:#fff}.nav a[aria-current]{color:#fff;font-weight:600;border-color:#f5c842}.nav a:focus-visible{outline-offset:-3px}
.nav b{min-width:1.35rem;padding:0 .35rem;border-radius:1rem;background:#f5c842;color:#231a00;font-size:.8rem;line-height:1.35rem;text-align:center}
main{flex:1;padding-block:1.5rem 3rem;display:flex;flex-direction:column;gap:1.5rem}
.foot{padding-block:1rem 1.5rem;color:var(--soft);font-size:.875rem}
.head{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:flex-end;justify-content:space-between}
.head>div:first-child{display:flex;flex-direction:column;gap:.3rem;min-width:0}.head p{color:var(--soft)}
.crumb{font-size:.875rem}.crumb a{display:inline-flex;align-items:center;min-height:2.75rem;margin-block:-.7rem}
.stack{display:flex;flex-direction:column;gap:var(--gap)}.row{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center}
.grid{display:grid;gap:1.5rem;align-items:start}.grid>*{min-width:0}
.card{background:var(--sheet);border:1px solid var(--line);border-radius:var(--round);padding:1.1rem;display:flex;flex-direction:column;gap:.9rem;min-width:0}
.card>header{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;justify-content:space-between}
.facts{display:grid;gap:.7rem}.facts>div{display:grid;grid-template-columns:minmax(0,1fr);gap:.05rem}.facts dt{color:var(--soft);font-size:.875rem}.facts dd{margin:0;overflow-wrap:anywhere}.facts dd time{white-space:normal}
table{width:100%;border-collapse:collapse;text-align:left}
caption:not(.unseen){text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.5rem}
th,td{padding:.6rem .75rem .6rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th:last-child,td:last-child{padding-right:0}thead th{color:var(--soft);font-size:.875rem;font-weight:500;white-space:nowrap}tbody th{font-weight:600}
tbody tr:last-child>*{border-bottom:0}.number{text-align:right}
.badge{display:inline-flex;align-items:center;gap:.35em;padding:.1rem .5rem;border-radius:1rem;font-size:.8125rem;font-weight:600;line-height:1.4;white-space:nowrap;background:var(--well);color:var(--soft)}
.badge::before{content:"○";font-weight:700}
.badge.good{background:var(--starboard-wash);color:var(--starboard)}.badge.good::before{content:"✓"}
.badge.wait{background:var(--brass-wash);color:var(--brass)}.badge.wait::before{content:"…"}
.badge.bad{background:var(--port-wash);color:var(--port)}.badge.bad::before{content:"!"}
.badge.off::before{content:"×"}
.notice{border:1px solid var(--line);border-left:5px solid var(--sea);border-radius:var(--round);background:var(--sea-wash);padding:.8rem 1rem;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between}
.notice>div:first-child{display:grid;gap:.15rem;flex:1 1 16rem}.notice.bad{border-left-color:var(--port);background:var(--port-wash)}
.notice.wait{border-left-color:var(--brass);background:var(--brass-wash)}.notice.good{border-left-color:var(--starboard);background:var(--starboard-wash)}
.empty{padding:2rem 1rem;border:1px dashed var(--edge);border-radius:var(--round);display:grid;gap:.6rem;justify-items:center;text-align:center;color:var(--soft)}
.empty h2{color:var(--ink)}.empty p{max-width:34rem}
form{display:flex;flex-direction:column;gap:var(--gap)}form.inline,.row>form{display:inline-flex;flex-flow:row wrap;gap:.5rem;align-items:center}
.field{display:grid;gap:.25rem;align-content:start;min-width:0}.field label,legend{font-weight:600;font-size:.9375rem}.field small{line-height:1.4}
.field .wrong{color:var(--port);font-size:.9375rem}.field .wrong::before{content:"! ";font-weight:700}
fieldset{border:0;padding:0;margin:0;display:grid;gap:var(--gap);min-width:0}legend{padding:0;margin-bottom:.6rem;font-size:1.05rem}.card>form{max-width:46rem}
.fields{display:grid;gap:var(--gap);grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr))}
input,select,textarea,button,.button{font:inherit;color:inherit;min-height:2.75rem;max-width:100%}td button,td .button{white-space:nowrap}
input,select,textarea{width:100%;padding:.5rem .7rem;background:var(--sheet);border:1px solid var(--edge);border-radius:var(--round)}
textarea{min-height:6rem;field-sizing:content}[aria-invalid=true]{border-color:var(--port);box-shadow:inset 0 0 0 1px var(--port)}
input[type=checkbox],input[type=radio]{width:1.35rem;height:1.35rem;min-height:0;margin:0;accent-color:var(--sea);flex:none}
.choice{display:flex;gap:.7rem;align-items:center;min-height:2.75rem}
button,.button{display:inline-flex;align-items:center;justify-content:center;gap:.4rem;padding:.45rem 1rem;border:1px solid var(--edge);border-radius:var(--round);background:var(--sheet);font-weight:600;text-decoration:none;cursor:pointer;touch-action:manipulation}
button:hover,.button:hover{background:var(--well)}
.main{background:var(--sea);border-color:var(--sea);color:var(--on-sea)}.main:hover{background:color-mix(in oklab,var(--sea) 88%,var(--ink))}
.danger{border-color:var(--port);color:var(--port)}.danger:hover{background:var(--port-wash)}
button[disabled]{opacity:.55;cursor:default}
.was{color:var(--soft);text-decoration:line-through}
dialog{border:1px solid var(--line);border-radius:.75rem;background:var(--sheet);color:var(--ink);padding:1.25rem;width:min(26rem,calc(100vw - 2rem))}
dialog::backdrop{background:#06141cb3}dialog form{gap:1.1rem}dialog .row{justify-content:flex-end}
details>summary{min-height:2.75rem;display:flex;align-items:center;gap:.5rem;cursor:pointer;font-weight:600}
details>summary::before{content:"›";transition:rotate .15s}details[open]>summary::before{rotate:90deg}
@media (min-width:48rem){.nav{flex:0 1 auto;order:0;margin-inline:0}}
@media (min-width:40rem){.facts>div{grid-template-columns:minmax(7rem,11rem) minmax(0,1fr);gap:1rem;align-items:baseline}}
@media (min-width:60rem){.grid.two{grid-template-columns:minmax(0,2fr) minmax(18rem,1fr)}.grid.even{grid-template-columns:1fr 1fr}}
@media (max-width:39.99rem){
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards,.cards tbody,.cards th,.cards td,.cards caption{display:block}
.cards tbody{display:grid;gap:.75rem}.cards tr{display:flex;flex-wrap:wrap;gap:.1rem .75rem;align-items:baseline;background:var(--sheet);border:1px solid var(--line);border-radius:var(--round);padding:.75rem .9rem}
.card .cards tbody{gap:0}.card .cards tr{background:none;padding:.7rem 0;border-width:1px 0 0;border-radius:0}
.cards th,.cards td{border:0;padding:.1rem 0;text-align:left;flex:0 0 100%}.cards td:empty{display:none}.cards .plain{flex:0 1 auto}
.cards td[data-label]{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:.75rem;overflow-wrap:anywhere}.cards td[data-label]::before{content:attr(data-label);color:var(--soft);font-size:.875rem}
.cards th a,.card h2 a,header>a,.plain a:only-child{display:inline-block;padding-block:.7rem;margin-block:-.7rem}
.cards th.short{flex:0 0 5.5rem;color:var(--soft);font-weight:500}.cards th.short+.plain{flex:1}
.stretch>*,.stretch>form>button{flex:1 1 auto}}
@media (pointer:fine) and (min-width:60rem){input,select,button,.button{min-height:2.5rem}}
@media (prefers-reduced-motion:no-preference){.fresh{animation:fresh 1.6s ease-out}@keyframes fresh{from{background:var(--starboard-wash)}}}
@media (prefers-reduced-motion:reduce){*,::before,::after{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media (prefers-contrast:more){:root{--soft:var(--ink);--line:var(--edge)}}
@media (forced-colors:active){.badge,.notice,.card{border:1px solid}}
@media print{:root{color-scheme:light}body,.card{background:none}.bar,.foot,.crumb,form,.button,.skip,.notice .row{display:none}main{padding:0;max-width:none}.card{border:0;padding:0;break-inside:avoid}a{color:inherit}}
`;

import { squeezed } from './document.tsx';

/** What every page here shares: the ground, the type, links, focus. */
const ground = `
*, ::before, ::after { box-sizing: border-box; margin: 0 }
html { -webkit-text-size-adjust: 100%; color-scheme: light dark }
body { background: var(--water); color: var(--text); font: 1.0625rem/1.6 system-ui, sans-serif; padding: 1.25rem 1rem 3rem; overflow-wrap: break-word }
main, .brand, footer { max-width: 62rem; margin-inline: auto }
.brand { font: 600 .875rem/1.4 system-ui, sans-serif; letter-spacing: .18em; text-transform: uppercase; color: var(--accent); text-align: center; padding: .5rem 0 1.25rem }
h1, h2, .day { font-family: "Iowan Old Style", Palatino, "Palatino Linotype", Georgia, serif; font-weight: 600; line-height: 1.15; text-wrap: balance }
a { color: var(--accent); padding-block: .75rem; text-underline-offset: .2em; text-decoration-thickness: 1px }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: .25rem }
footer { color: var(--soft); font-size: .875rem; line-height: 1.5; text-align: center; padding: 2rem 0 0 }
`;

/** The sheet of the guest page. */
export const pageSheet = squeezed(`${ground}
.card { position: relative; overflow: hidden; display: grid; background: var(--face); color: var(--onFace); border-radius: 1.25rem; box-shadow: 0 1.25rem 2.5rem -1.5rem #0008 }
.card :focus-visible { outline-color: var(--onFace) }
.face { position: relative; overflow: hidden; padding: 1.75rem 1.5rem 4.25rem; isolation: isolate }
.face svg { position: absolute; inset: auto 0 -1px; width: 100%; height: 3.5rem; z-index: -1; fill: var(--onFace) }
.face path { opacity: .1 }
.face::before { content: ""; position: absolute; z-index: -1; right: -2.5rem; bottom: -1rem; width: 9rem; height: 9rem; border-radius: 50%; background: var(--onFace); opacity: .07 }
.over { font-size: .8125rem; font-weight: 600; letter-spacing: .14em; text-transform: uppercase }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.125rem); margin: .375rem 0 1.5rem }
.day { font-size: clamp(3rem, 2rem + 7.5vw, 6rem); letter-spacing: -.02em; line-height: 1; display: block }
.week, .year { display: block; font-size: 1.25rem; line-height: 1.4 }
.now { margin-top: 1.5rem; max-width: 34rem; font-size: 1.125rem }
.count { margin-top: .5rem; font-weight: 600; font-variant-numeric: tabular-nums }
.chip { display: inline-block; border: 1px solid; border-radius: 2rem; padding: .125rem .75rem; margin-bottom: 1rem; font-weight: 600; font-size: .9375rem }
.stub { position: relative; padding: 1.75rem 1.5rem; border-top: 2px dashed var(--water); background: #0002 }
.stub::before, .stub::after { content: ""; position: absolute; width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--water); top: calc(-.75rem - 1px); left: -.75rem }
.stub::after { left: auto; right: -.75rem }
.stub dl { display: grid; grid-template-columns: 1fr 1fr; gap: 1.125rem 1rem }
.stub dl div:first-child, .stub dl div:last-child { grid-column: 1 / -1 }
dt { font-size: .8125rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase }
dd { font-size: 1.1875rem; line-height: 1.35; font-variant-numeric: tabular-nums }
dd b { display: block; font-size: 3rem; line-height: 1.1; font-weight: 650; letter-spacing: -.01em }
dd b span { font-size: 1.375rem; letter-spacing: 0 }
dd small { font-size: .9375rem }
.do { display: block; text-align: center; margin-top: 1.5rem; padding: .75rem 1rem; border-radius: .75rem; background: var(--onFace); color: var(--face); font-weight: 650; text-decoration: none }
.do:hover { text-decoration: underline }
.rest { margin-top: 1.25rem; columns: 21rem 2; column-gap: 1.25rem }
section { break-inside: avoid; background: var(--sheet); border: 1px solid var(--line); border-radius: 1.25rem; padding: 1.375rem 1.5rem 1.5rem; margin-bottom: 1.25rem }
h2 { font-size: 1.375rem; margin-bottom: .75rem; color: var(--accent) }
section > * + :is(p, ul, div) { margin-top: .75rem }
section div p + p { margin-top: .75rem }
.ways { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0; list-style: none; margin-top: .75rem }
.ways a { display: inline-block; padding: .55rem 0; font-weight: 600 }
.soft { color: var(--soft) }
.bring { list-style: none; padding: 0 }
.bring li { padding: .4375rem 0 .4375rem 1.75rem; position: relative }
.bring li + li, .crew li + li { border-top: 1px solid var(--line) }
.bring li::before { content: ""; position: absolute; left: 0; top: .8rem; width: .9375rem; height: .9375rem; border: 2px solid var(--accent); border-radius: .25rem }
.crew { list-style: none; padding: 0 }
.crew li { display: grid; grid-template-columns: 2.75rem 1fr auto; gap: .875rem; align-items: center; padding: .5rem 0 }
.crew i { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; border-radius: 50%; background: var(--face); color: var(--onFace); font: 600 1.125rem/1 Georgia, serif }
.crew b { font-size: 1.125rem; font-weight: 600 }
.next { list-style: none; padding: 0 }
.next li { position: relative; padding: 0 0 1rem 1.875rem }
.next li::before { content: ""; position: absolute; left: .25rem; top: .3125rem; width: 1rem; height: 1rem; border-radius: 50%; background: var(--sheet); border: 2px solid var(--soft) }
.next li::after { content: ""; position: absolute; left: calc(.75rem - 1px); top: 1.5625rem; bottom: -.0625rem; width: 2px; background: var(--line) }
.next li:nth-last-of-type(2) { padding-bottom: 0 }
.next li:nth-last-of-type(2)::after { display: none }
.next .past::before { background: var(--soft) }
.next [aria-current]::before { background: var(--accent); border-color: var(--accent); box-shadow: 0 0 0 2px var(--sheet), 0 0 0 4px var(--accent); z-index: 1 }
.next [aria-current] b { color: var(--accent) }
.next b { font-weight: 650 }
.next time { display: block; color: var(--soft); font-size: .9em }
form { display: grid; gap: .75rem; margin-top: 1rem }
label { display: flex; gap: .75rem; align-items: center }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; flex: none; accent-color: var(--accent) }
label.do { position: relative; display: block; margin: .25rem 0 0; background: var(--face); color: var(--onFace); cursor: pointer }
label.do input { position: absolute; inset: 0; opacity: 0; cursor: pointer; font-size: 0 }
label.do:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 3px }
button { font: inherit; font-weight: 600; color: var(--accent); background: var(--sheet); border: 1px solid; border-radius: .625rem; padding: .5rem 1rem; cursor: pointer }
.off { max-width: 62rem; margin: 0 auto 1rem; text-align: center; font-weight: 600 }
.said { font-weight: 600 }
.said:empty { display: none }
.files { list-style: none; padding: 0 }
.files li { display: grid; grid-template-columns: 1fr auto; gap: .125rem .75rem; align-items: center; padding: .5rem 0; border-top: 1px solid var(--line); font-size: .9375rem }
.files b { font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.files progress { grid-column: 1 / -1; width: 100%; accent-color: var(--accent) }
.files .ok span::before { content: "✓ " }
.files .bad span { grid-column: 1 / -1; font-weight: 600 }
.files .bad span::before { content: "! " }
.files button { justify-self: start }
.paper { display: none }
[hidden] { display: none !important }
@media (min-width: 48rem) {
  body { padding-top: 2rem }
  .card { grid-template-columns: 1fr 19.5rem }
  .face { padding: 2.5rem 2.5rem 5rem }
  .face::before { right: 2.5rem; bottom: -1.5rem; width: 13rem; height: 13rem }
  .now { max-width: 25rem }
  .face svg { height: 4.5rem }
  .stub { border-top: 0; border-left: 2px dashed var(--water); padding: 2.5rem 2rem; display: flex; flex-direction: column; justify-content: space-between }
  .stub::before { top: -.75rem; left: calc(-.75rem - 1px) }
  .stub::after { top: auto; bottom: -.75rem; right: auto; left: calc(-.75rem - 1px) }
}
@media (prefers-reduced-motion: no-preference) {
  .face path { animation: swell 11s ease-in-out infinite alternate }
  .face path + path { animation-duration: 17s; animation-direction: alternate-reverse }
  @keyframes swell { from { translate: -3% } to { translate: 3% } }
}
@media (forced-colors: active) { .card, .do, .crew i { border: 1px solid } }
@page { size: A4; margin: 12mm }
@media print {
  body { background: none; font-size: 9pt; line-height: 1.35; padding: 0 }
  .brand { padding: 0 0 3mm }
  .card { grid-template-columns: 1fr 17rem; background: none; color: var(--text); border: 1.5pt solid var(--face); border-radius: 4mm; box-shadow: none }
  .face, .stub { padding: 5mm; background: none }
  dd { font-size: 11pt }
  .now { font-size: inherit; margin-top: 3mm }
  dd b { font-size: 28pt }
  .stub { border-top: 0; border-left: 1.5pt dashed var(--face) }
  .face svg, .face::before, .stub::before, .stub::after, .do, .count, .screen { display: none }
  .day { font-size: 34pt }
  h1 { margin-bottom: 4mm }
  .rest { margin-top: 4mm; columns: 2; column-gap: 4mm }
  section { padding: 3mm 4mm; margin-bottom: 3.5mm; border-radius: 3mm }
  h2 { font-size: 12pt; margin-bottom: 1.5mm }
  .bring li { padding-block: .8mm }
  .bring li::before { top: 1.6mm; width: 3mm; height: 3mm }
  .crew { display: flex; flex-wrap: wrap; gap: 1mm 6mm }
  .crew li { display: block; border: 0 !important; padding: 0 }
  .crew i { display: none }
  .crew b { font-size: inherit; margin-right: .5em }
  .next li { padding-bottom: 2mm }
  .next li::before { width: .75rem; height: .75rem; top: .25rem; left: .375rem }
  .paper { display: block }
  footer { padding-top: 2mm; font-size: 8pt }
}
`);

/** What a page with pictures has beside it. */
export const gallerySheet = squeezed(`
.wide { margin: 1.25rem 0 0 }
.gallery { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(42%, 13rem), 1fr)); gap: 1rem .75rem }
.gallery img { display: block; width: 100%; height: auto; aspect-ratio: 1; object-fit: cover; border-radius: .75rem; background: var(--line) }
.gallery p { font-size: .9375rem; line-height: 1.4; margin-top: .25rem }
summary { color: var(--soft); font-size: .875rem; padding: .75rem 0; cursor: pointer }
dialog { width: 100vw; max-width: none; height: 100dvh; max-height: none; border: 0; padding: 1rem; background: var(--water); color: var(--text); grid-template: 1fr auto auto / 1fr auto auto; gap: .75rem }
dialog[open] { display: grid }
dialog img { grid-column: 1 / -1; width: 100%; height: 100%; min-height: 0; object-fit: contain }
dialog p { grid-column: 1 / -1; text-align: center }
dialog button:first-of-type { justify-self: start }
`);

/** The sheet of a page that only says one thing: off, moved, not here. */
export const noteSheet = squeezed(`${ground}
main { position: relative; overflow: hidden; max-width: 36rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 1.25rem; padding: 2.5rem 1.75rem 2rem; margin-top: 6vh }
main::before { content: ""; position: absolute; inset: 0 0 auto; height: .5rem; background: var(--face) }
h1 { font-size: clamp(1.75rem, 1.5rem + 1.5vw, 2.25rem); margin-bottom: 1rem; color: var(--accent) }
p + p { margin-top: .875rem }
.what { font-weight: 600 }
s { color: var(--soft); font-weight: 400 }
label { display: block; padding-block: .5rem }
[type=checkbox] { width: 1.5rem; height: 1.5rem; vertical-align: middle; accent-color: var(--accent) }
select, button { font: inherit; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--sheet); color: var(--text) }
button { border: 0; padding-inline: 1.75rem; background: var(--face); color: var(--onFace); font-weight: 600 }
[role=status] { font-weight: 600; margin-block: 1rem }
:empty[role=status] { display: none }
form + p { margin-top: 1.5rem }
`);

/** What the list of sent photos has beside it. */
export const sentSheet = squeezed(`
.sent { list-style: none; padding: 0; margin: 1.5rem 0 }
.sent li { display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; align-items: center; padding: .75rem 0; border-top: 1px solid var(--line) }
.sent b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; grid-column: 1 / -1 }
.sent button { padding-inline: 1rem }
[hidden] { display: none }
`);

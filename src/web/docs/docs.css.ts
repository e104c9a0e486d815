/** What the pages of the documentation need beyond the common look. */
export const docsStyle = `.call code{font-size:1rem}.call b{color:var(--sea)}
nav.card{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
.card ul{padding-left:1.1rem}figure{display:grid;gap:.3rem}figure>*{min-width:0}
section.stack{scroll-margin-top:1rem}code:target{outline:3px solid var(--sea);outline-offset:3px;border-radius:.25rem}
@media (min-width:40rem){tbody th{width:1%}tbody th code{white-space:nowrap}}
@media print{nav.card{display:none}pre{overflow:visible}details::details-content{content-visibility:visible;block-size:auto}}
`;

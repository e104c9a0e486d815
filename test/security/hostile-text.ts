/** What people type who mean no good, or whose name happens to look like it; what a browser would make most of comes first. */
export const hostile: readonly string[] = [
  `<script>alert(1)</script>`,
  `<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=//evil.example">`,
  `<!-- --><iframe srcdoc="<script>alert(1)</script>">`,
  `&lt;img src=x onerror=alert(1)&gt; &#60;b&#62; {{constructor.constructor('alert(1)')()}}`,
  `\u202eelorac\u202c <b>bold</b>`,
  `"><img src=x onerror=alert(1)>`,
  `'><svg/onload=alert(1)>`,
  `</title></style></script><script>alert(1)</script>`,
  `javascript:alert(1)//`,
  `" autofocus onfocus="alert(1)`,
  `<a href="javascript:alert(1)">x</a>`,
  `<%= alert(1) %> \${alert(1)}`,
  `]]><![CDATA[<script>alert(1)</script>`,
  `<form action=//evil.example><button>Pay</button>`,
  `O'Brien & Söhne "die" <Gäste>`,
];

/** What a spreadsheet takes for the beginning of a formula, or may once something before it is passed over; and what is none. */
export const formulaStarts: readonly string[] = [
  ...['=', '+', '-', '@', '＝', '＋', '－', '＠'],
  ...['\t=', '\r=', '\n=', '  =', '\u0000=', '\u200b=', '\ufeff='],
  ...['"=', ',=', ''],
];

/** How such a cell may go on. */
export const formulaEnds: readonly string[] = [
  ...hostile,
  '1+1',
  'cmd|" /C calc"!A0',
  'HYPERLINK("//evil.example","x")',
  'a,b',
  'a"b',
  'a\r\nb',
];

/** A cell as it must not come back. */
export const isFormula = (cell: string): boolean => /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell);

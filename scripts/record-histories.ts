// Writes test/golden/histories.json: histories of every workflow version as the engine stores them. Recorded once for a
// version and kept: a history that is already there is never recorded anew. node scripts/record-histories.ts
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Golden, type Script, tell } from '../test/golden/tell.ts';

const file = new URL('../test/golden/histories.json', import.meta.url);
const before: Golden[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

const booking = '{"bookingId":"bkg_0golden000000000","revision":3,"run":1}';
const books = '{"bookingId":"bkg_0golden000000000","run":1,"tag":"3.1.abcdef01"}';
const ofBooking = [
  'crew event',
  'calendar entry',
  'guest page',
  'person feed',
  'vessel feed',
  'crew letter',
  'guest letter',
  'agenda',
  'books',
];
const ofBooks = ['ledger', 'owner letter', 'captain letter'];

const recorded = [...before];
for (const [workflow, input, parts] of [
  ['fulfil-booking@1', booking, ofBooking],
  ['fulfil-booking@2', booking, ['calendar server', ...ofBooking.slice(0, 2)]],
  ['keep-books@1', books, ofBooks],
] as const) {
  for (const [what, script] of scriptsFor(parts)) {
    if (recorded.some(known => known.workflow === workflow && known.what === what)) continue;
    const { asked: _, ...stored } = await tell({ workflow, input, script });
    recorded.push({ what, script, ...stored });
  }
}
writeFileSync(file, `[\n${recorded.map(each => JSON.stringify(each)).join(',\n')}\n]\n`);
console.log(`${recorded.length} histories, ${recorded.length - before.length} of them new`);

/** All is well; each part overtaken, failing once and failing for good; and some that fail together. */
function scriptsFor(parts: readonly string[]): [string, Script][] {
  const endings = {
    'is overtaken': ['superseded'],
    'fails once': ['throws', 'stated'],
    fails: ['throws'],
  } as const;
  const alone = parts.flatMap(part =>
    Object.entries(endings).map(([how, ends]): [string, Script] => [`${part} ${how}`, { [part]: ends }]),
  );
  const together = parts.slice(1).map((part, n): [string, Script] => {
    const other = parts[(n + 2) % parts.length] ?? part;
    return [`${part} fails and ${other} fails once`, { [part]: ['throws'], [other]: ['throws', 'stated'] }];
  });
  return [
    ['all is well', {}],
    ['the report fails once', { report: ['throws', 'stated'] }],
    ...alone,
    ...together,
  ];
}

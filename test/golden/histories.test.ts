import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Golden, type Stored, tell, workflowNames } from './tell.ts';

// Recorded by scripts/record-histories.ts, once for each version of a workflow. Where one of these fails, a workflow was
// changed under its old name: executions that an older program began could not be carried on. Give it a new `name@n`.
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('histories.json', import.meta.url), 'utf8'),
);

type Operation = {
  Id: string;
  Name?: string;
  Type: string;
  Status: string;
  StepDetails?: { Attempt?: number; Result?: string };
};

/** Every operation as it last stood, in order of its beginning. */
function operations(journal: Stored['journal']): Operation[] {
  const last = new Map<string, Operation>();
  for (const { entries } of journal)
    for (const { operation } of JSON.parse(entries) as { operation: Operation }[])
      last.set(operation.Id, operation);
  return [...last.values()];
}

/** What a history says, without its times. */
const told = ({ journal, result, status }: Stored) => ({
  result,
  status,
  operations: operations(journal).map(({ Id, Name, Type, Status, StepDetails }) => [
    Id,
    Name,
    Type,
    Status,
    StepDetails?.Attempt,
    StepDetails?.Result,
  ]),
});

/** The words by which a step asks for what it does. */
const askedBy: Readonly<Record<string, string>> = {
  'ensure crew event': 'crew event',
  'enter in calendar': 'calendar entry',
  'publish guest page': 'guest page',
  'fill person feeds': 'person feed',
  'fill vessel feed': 'vessel feed',
  'write to calendar servers': 'calendar server',
  'write to crew': 'crew letter',
  'write to guest': 'guest letter',
  'set agenda': 'agenda',
  'open the books': 'books',
  'enter in ledger': 'ledger',
  'write to owner': 'owner letter',
  'write to captain': 'captain letter',
  report: 'report',
};

/** How often each step had been tried when the journal was cut off here, and which had come to an end. */
function soFar(journal: Stored['journal']) {
  const tried = new Map<string, number>();
  const ended = new Set<string>();
  for (const { Name = '', Status, StepDetails } of operations(journal)) {
    const word = askedBy[Name] ?? Name;
    const isUnderWay = Status === 'STARTED';
    tried.set(word, (StepDetails?.Attempt ?? 1) - (isUnderWay ? 1 : 0));
    if (Status === 'SUCCEEDED' || Status === 'FAILED') ended.add(word);
  }
  return { tried, ended };
}

describe('the histories of released workflows', () => {
  it('are there for every version that the program runs, fifty at least', () => {
    expect([...new Set(golden.map(({ workflow }) => workflow))].sort()).toEqual([...workflowNames].sort());
    const source = ['open-fulfilment', 'bookkeeping'].map(name =>
      readFileSync(`src/fulfilment/${name}.ts`, 'utf8'),
    );
    const run = new Set(
      source
        .join()
        .match(/'[a-z-]+@\d+'/g)
        ?.map(name => name.slice(1, -1)),
    );
    expect([...run].sort()).toEqual([...workflowNames].sort());
    expect(golden.length).toBeGreaterThanOrEqual(50);
  });

  it('are told the same again from their beginning', async () => {
    for (const each of golden)
      expect({ what: each.what, ...told(await tell(each)) }).toEqual({ what: each.what, ...told(each) });
  });

  it('are carried on from wherever a process was cut off, doing nothing again that was done', async () => {
    let cuts = 0;
    for (const each of golden) {
      for (let at = 1; at < each.journal.length; at++) {
        cuts++;
        const from = each.journal.slice(0, at);
        const { tried, ended } = soFar(from);
        const carriedOn = await tell(each, from, tried);
        const where = `${each.workflow}, ${each.what}, cut off after ${at} of ${each.journal.length} writes`;
        expect({ where, ...told(carriedOn) }).toEqual({ where, ...told(each) });
        expect({ where, again: [...carriedOn.asked.keys()].filter(word => ended.has(word)) }).toEqual({
          where,
          again: [],
        });
      }
    }
    expect(cuts).toBeGreaterThan(200);
  });
});

import { expect, it } from 'vitest';
import { type Delivery, mailType } from '#intake/inbox.ts';
import { driftOf } from './drift.ts';

const held = (more: Record<string, unknown> = {}) =>
  ({
    source: 'market',
    state: 'quarantined',
    headers: { 'content-type': mailType },
    receivedAt: '2027-04-12T18:00:00.000Z',
    vouched: { by: 'signature', domain: 'market.example' },
    problems: [{ field: 'message', code: 'mail-template-drift', reason: 'It lacks a row.', cure: '' }],
    ...more,
  }) as unknown as Delivery;
const other = (code: string, reason = 'Another.') => [{ field: 'x', code, reason, cure: '' }];

it('the alarms of each source begin with its first mail and say what is wrong with its last', () => {
  expect(
    driftOf([
      held({ source: 'second', receivedAt: '2027-04-13T18:00:00.000Z' }),
      held({
        receivedAt: '2027-04-14T18:00:00.000Z',
        problems: [...other('vessel-unknown'), ...other('mail-row-twice', 'Last.')],
      }),
      held({ problems: other('mail-parts-disagree', 'First.') }),
    ]),
  ).toEqual([
    { source: 'market', since: '2027-04-12T18:00:00.000Z', mails: 2, reason: 'Last.' },
    { source: 'second', since: '2027-04-13T18:00:00.000Z', mails: 1, reason: 'It lacks a row.' },
  ]);
});

it.each([
  ['decided about', { state: 'discarded' }],
  ['that nobody looked at', { vouched: null }],
  ['that nobody answers for', { vouched: { by: 'nobody', why: '' } }],
  ['that is no mail', { headers: { 'content-type': 'application/json' } }],
  ['that is wrong in another way', { problems: other('vessel-unknown') }],
])('there is none because of a delivery %s', (_, more) => {
  expect(driftOf([held(more)])).toEqual([]);
});

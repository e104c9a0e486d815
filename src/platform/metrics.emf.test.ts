import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { emfMetrics } from './metrics.emf.ts';
import { metrics } from './metrics.ts';

const open = () => {
  const lines: string[] = [];
  const clock = settableClock('2027-05-01T08:00:00Z');
  return { lines, clock, numbers: emfMetrics({ write: line => lines.push(line), clock }) };
};

it('counters are lines of CloudWatch’s embedded metric format, to the letter', () => {
  const { lines, numbers } = open();
  for (let n = 0; n < 3; n++) numbers.count('letters', { fence: 'open', state: 'sent' });
  numbers.count('letters', { fence: 'owner', state: 'sent' });
  numbers.count('starts');
  numbers.flush();
  expect(lines).toEqual([
    '{"_aws":{"Timestamp":1809158400000,"CloudWatchMetrics":[{"Namespace":"Gangway","Dimensions":[["fence","state"]],"Metrics":[{"Name":"letters_total","Unit":"Count"}]}]},"fence":"open","state":"sent","letters_total":3}',
    '{"_aws":{"Timestamp":1809158400000,"CloudWatchMetrics":[{"Namespace":"Gangway","Dimensions":[["fence","state"]],"Metrics":[{"Name":"letters_total","Unit":"Count"}]}]},"fence":"owner","state":"sent","letters_total":1}',
    '{"_aws":{"Timestamp":1809158400000,"CloudWatchMetrics":[{"Namespace":"Gangway","Dimensions":[[]],"Metrics":[{"Name":"starts_total","Unit":"Count"}]}]},"starts_total":1}',
  ]);
});

it('what was written once is not written again, and what comes later is at its own time', () => {
  const { lines, numbers, clock } = open();
  numbers.count('starts');
  numbers.flush();
  numbers.flush();
  clock.advance(1000);
  numbers.count('starts');
  numbers.flush();
  expect(lines.map(line => JSON.parse(line)._aws.Timestamp)).toEqual([1809158400000, 1809158401000]);
});

it('gauges are of the whole house, all in one line, and one that breaks keeps none of the others', async () => {
  const { lines, numbers } = open();
  numbers.gauge('bookings', 'Bookings in the store.', () => 7);
  numbers.gauge('broken', 'Never known.', () => Promise.reject(new Error('no table')));
  numbers.gauge('letters_held', 'Letters that wait.', async () => 2);
  await numbers.sample();
  numbers.flush();
  expect(lines).toEqual([
    '{"_aws":{"Timestamp":1809158400000,"CloudWatchMetrics":[{"Namespace":"Gangway","Dimensions":[[]],"Metrics":[{"Name":"bookings","Unit":"None"},{"Name":"letters_held","Unit":"None"}]}]},"bookings":7,"letters_held":2}',
    '{"_aws":{"Timestamp":1809158400000,"CloudWatchMetrics":[{"Namespace":"Gangway","Dimensions":[["gauge"]],"Metrics":[{"Name":"gauges_unread_total","Unit":"Count"}]}]},"gauge":"broken","gauges_unread_total":1}',
  ]);
});

it('no line has more metrics, and no dimension fewer or more characters, than CloudWatch takes', async () => {
  const { lines, numbers } = open();
  for (let n = 0; n < 101; n++) numbers.gauge(`g${n}`, 'One of many.', () => n);
  await numbers.sample();
  numbers.count('refusals', { code: '' });
  numbers.count('refusals', { code: 'x'.repeat(2000) });
  numbers.flush();
  const read = lines.map(line => JSON.parse(line));
  expect(read.map(({ _aws }) => _aws.CloudWatchMetrics[0].Metrics.length)).toEqual([100, 1, 1, 1]);
  expect(read.slice(2).map(({ code }) => code.length)).toEqual([4, 1024]);
});

it('both editions name the same numbers alike', async () => {
  const { lines, numbers } = open();
  const embedded = metrics();
  for (const each of [numbers, embedded]) {
    each.count('letters', { fence: 'open', state: 'sent' });
    each.gauge('bookings', 'Bookings in the store.', () => 7);
  }
  numbers.flush();
  const text = await embedded.text();
  const [name] = JSON.parse(lines[0] ?? '')._aws.CloudWatchMetrics[0].Metrics.map(
    ({ Name }: { Name: string }) => Name,
  );
  expect(text).toContain(`gangway_${name}{fence="open",state="sent"} 1\n`);
  expect(await numbers.text()).toBe(
    '# Counters are in CloudWatch, namespace Gangway.\n# HELP gangway_bookings Bookings in the store.\n# TYPE gangway_bookings gauge\ngangway_bookings 7\n',
  );
  expect(text).toContain('# TYPE gangway_bookings gauge\ngangway_bookings 7\n');
});

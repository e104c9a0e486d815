import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');
const table = readme.split('## Follow a booking')[1]?.split('\n## ')[0] ?? '';
const workflows = ['src/fulfilment/fulfil-booking.ts', 'src/fulfilment/keep-books.ts']
  .map(file => readFileSync(file, 'utf8'))
  .join('\n');

it('“Follow a booking” names files that exist', () => {
  const files = [...table.matchAll(/`(src\/[^`]+)`/g)].map(match => match[1] ?? '');
  expect(files.length).toBeGreaterThan(15);
  expect(files.filter(file => !existsSync(file))).toEqual([]);
});

it('“Follow a booking” quotes steps of the workflow, and all that make a surface speak', () => {
  const quoted = [...table.matchAll(/«([^»]+)»/g)].map(match => match[1] ?? '');
  expect(quoted.filter(step => !workflows.includes(`'${step}'`))).toEqual([]);
  const steps = [
    ...readFileSync('src/fulfilment/fulfil-booking.ts', 'utf8').matchAll(
      /(?:say|attempt)\((?:run, )?'([^']+)'/g,
    ),
  ].map(match => match[1] ?? '');
  expect(steps.filter(step => !quoted.includes(step))).toEqual([]);
});

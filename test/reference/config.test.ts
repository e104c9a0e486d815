import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configText } from '#main/config/text.ts';
import { references } from '../../scripts/reference.ts';

const text = readFileSync('docs/reference/config.md', 'utf8');

describe('docs/reference/config.md', () => {
  it('is what node scripts/reference.ts writes', () => {
    expect(text).toBe(references()['docs/reference/config.md']);
  });

  it('says of every field what it means', () => {
    expect([...text.matchAll(/^\| `(.*?)` \|.*\| +\|$/gm)].map(match => match[1])).toEqual([]);
  });

  it('names every variable that a fresh configuration asks for', () => {
    const fresh = configText({
      name: 'Blue Water',
      host: 'bluewater.example',
      vessel: 'Heron',
      zone: 'America/Los_Angeles',
      owner: 'Joan Whitaker',
      email: 'joan@bluewater.example',
    });
    const shape = readFileSync('src/main/config/shape.ts', 'utf8');
    const named = [...(fresh + shape).matchAll(/env: '([A-Z_]+)'/g)].map(match => match[1] ?? '');
    expect(named.length).toBeGreaterThan(4);
    const secrets = text.slice(text.indexOf('## Secrets'));
    // Further sources are named there as a kind, with the first as the example.
    expect(named.filter(name => name !== 'MANUAL_WEBHOOK_SECRET' && !secrets.includes(name))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { squeezedModules } from '../../scripts/squeeze.ts';

it.each(Object.entries(squeezedModules()))(
  '%s is what its sources come to: node scripts/squeeze.ts',
  (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

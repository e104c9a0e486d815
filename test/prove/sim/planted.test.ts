import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tellTo } from './faults-noticed.ts';
import { type PlantedFault, plantedFaults } from './planted.ts';

describe('faults planted in the program', () => {
  it.each(plantedFaults)('there is a place for: $what', ({ file, from }) => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
  });

  it('are noticed by the histories, and shown by a short one', { timeout: 240_000 }, async () => {
    const fault = plantedFaults.find(({ what }) => what.startsWith('a message is acknowledged before'));
    const { violations } = await tellTo(fault as PlantedFault);
    const [{ what = '', history = [] } = {}] = violations;
    expect(what).toMatch(/^I1 .* was acknowledged and is lost/);
    // What is left of some ten doings and three faults, with what is wrong in it.
    expect(history.length).toBeLessThan(7);
  });
});

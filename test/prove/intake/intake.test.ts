import { expect, it } from 'vitest';
import { mutatedFeeds } from './mutated-feeds.ts';
import { mutatedMails } from './mutated-mails.ts';
import { spoofedMails } from './spoofed-mails.ts';
import { strangeHosts } from './strange-hosts.ts';

it.each([
  [spoofedMails, 120],
  [mutatedMails, 150],
  [mutatedFeeds, 500],
  [strangeHosts, 600],
] as const)(
  '$promise',
  async (proof, count) => {
    const proven = await proof.run({ count, seed: 1, report: () => {} });
    expect(proven.violations).toEqual([]);
    expect(proven.done).toBe(count);
  },
  240_000,
);

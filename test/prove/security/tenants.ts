import type { Job, Proof, Proven, Violation } from '../prove.ts';
import { keysOf, manyBrands, spellings } from './brands.ts';
import { rawAsker } from './raw.ts';

/** Every brand's page is asked for at every other brand's host, under every spelling, with every kind of credential. */
export const tenants: Proof = {
  name: 'tenants',
  promise: 'No brand serves anything of another: what is not its own is answered as what never was.',
  unit: 'brands',
  gate: 12,
  full: 50,
  async run({ count, seed, report }: Job): Promise<Proven> {
    const { world, slugs, hostOf } = await manyBrands(count, `tenants ${seed}`);
    const { ask, close } = rawAsker(world.port);
    const violations: Violation[] = [];
    const figures = { 'ordered pairs': 0, requests: 0, 'own pages served': 0 };
    try {
      const credentials = await keysOf(world);
      for (let at = 0; at < count; at++) {
        const nothing = await ask(hostOf(at), '/g/nobody-AAAAAAAAAAAAAAAAAAAAAA');
        if (nothing.status !== 404)
          violations.push({ seed, what: `${hostOf(at)} knows a page that never was` });
        const own = await ask(hostOf(at), `/g/${slugs[at]}`);
        if (own.status === 200 && own.body.includes(`Brand Number ${at}`)) figures['own pages served']++;
        else violations.push({ seed, what: `${hostOf(at)} does not serve its own page` });
        for (let other = 0; other < count; other++) {
          if (other === at) continue;
          figures['ordered pairs']++;
          const tried = credentials.flatMap(headers => [
            ...spellings(slugs[other] ?? '', other).map(path => ({ headers, path, method: 'GET' })),
            { headers, path: `/g/${slugs[other]}/uploads`, method: 'POST' },
            { headers, path: '/api/events', method: 'GET' },
            { headers, path: '/desk', method: 'GET' },
          ]);
          const answers = await Promise.all(tried.map(it => ask(hostOf(at), it.path, it.headers, it.method)));
          figures.requests += answers.length;
          for (const [n, { status, headers, body }] of answers.entries())
            if (status !== 404 || headers !== nothing.headers || body !== nothing.body)
              violations.push({
                seed,
                what: `${hostOf(at)} answers ${status} to ${tried[n]?.method} ${tried[n]?.path}`,
              });
        }
        report(at + 1);
      }
    } finally {
      close();
      await world.close();
    }
    return { done: count, figures, violations };
  },
};

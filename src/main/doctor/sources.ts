import { adapters, mannerOf } from '#intake/sources.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import type { Config } from '../config/config.ts';
import type { Finding } from './finding.ts';

/** Each source: where its webhooks go, how it proves itself, and whether its API can be reached. Asks for no booking. */
export function sourceFindings(config: Config, house: string, outside: Outside): Promise<Finding[]> {
  return Promise.all(
    config.shape.sources.map(async (declared): Promise<Finding> => {
      const { id, kind, holdUnsigned, api, urlSecret } = declared;
      const { proof } = mannerOf({
        kind,
        mapping: declared.mapping ?? null,
        signature: declared.signature ?? null,
        isSigned: declared.secret !== undefined,
      });
      const address = declared.address ?? `${house}${paths.webhook(id)}`;
      const what = `source ${id}`;
      const way = proof ? `signed, at ${address}` : `unsigned, at ${address}/{its secret}`;
      if (api) return asked({ what, way, base: api.base ?? adapters[kind].api?.base ?? '', outside });
      if (proof || !urlSecret || !holdUnsigned) return { what, state: 'ok', detail: `${kind}, ${way}` };
      return {
        what,
        state: 'warning',
        detail: `${kind}, ${way}; every message waits for a person`,
        cure: adapters[kind].api
          ? 'Give the keys to its API, so that each is checked there; or set holdUnsigned: false.'
          : 'Set holdUnsigned: false if you trust whoever knows the address.',
      };
    }),
  );
}

async function asked(of: { what: string; way: string; base: string; outside: Outside }): Promise<Finding> {
  const { what, way, base, outside } = of;
  const { origin } = new URL(base);
  try {
    await outside({ url: `${origin}/`, method: 'GET', headers: {}, timeoutMs: 5000, mostBytes: 2_000_000 });
    return { what, state: 'ok', detail: `${way}; ${origin} answers` };
  } catch (error) {
    // That it answers at length is an answer too.
    if (error instanceof Unavailable && error.code === 'outside-too-long')
      return { what, state: 'ok', detail: `${way}; ${origin} answers` };
    return {
      what,
      state: 'failing',
      detail: `${way}; ${origin}: ${error instanceof Error ? error.message : String(error)}`,
      cure: 'Let this machine speak to that address, or correct api.base.',
    };
  }
}

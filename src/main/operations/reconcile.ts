import * as z from 'zod';
import type { Fleet } from '#booking/fleet.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import type { Drift } from '#fulfilment/reconcile.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import type { PageStore } from '#guest-page/page-store.ts';
import { type StrayPage, strayPages } from '#guest-page/stray-pages.ts';
import { paths } from '#ui/paths.ts';
import { type Operation, operation } from './operations.ts';

/** Something that is not as it should be: what a surface says, or a page in place that is no booking's. */
export type Found = Omit<Drift, 'booking' | 'kind'> & {
  readonly booking: string | null;
  readonly kind: Drift['kind'] | 'stray';
};

/** What `gangway reconcile` answers. `drift` is what is left in the end, `repaired` what is no longer there. */
export type Reconciled = {
  readonly bookings: number;
  readonly underWay: number;
  readonly drift: readonly Found[];
  readonly repaired: readonly Found[];
};

type ReconcileParts = {
  fleet: Fleet;
  pages: PageStore;
  host: PageHost;
  fulfil: Pick<Fulfilling, 'reconcile' | 'mend'>;
  settle: () => Promise<void>;
};

/** Reads back what stands everywhere, and sets right what differs when asked to. Safe at any moment, on a busy server too. */
export const reconcileOperation = (parts: ReconcileParts): Operation =>
  operation(z.object({ repair: z.boolean().default(false) }), async ({ repair }): Promise<Reconciled> => {
    await parts.settle();
    const before = await look(parts);
    if (!repair || before.found.length === 0) return { ...before.counted, drift: before.found, repaired: [] };

    for (const { brand, slug } of before.strays) await parts.host.remove(brand, slug);
    await parts.fulfil.mend(before.drift);
    await parts.settle();
    const after = await look(parts);
    const left = new Set(after.found.map(place));
    return {
      ...after.counted,
      drift: after.found,
      repaired: before.found.filter(each => !left.has(place(each))),
    };
  });

async function look({ fleet, pages, host, fulfil }: ReconcileParts) {
  const { drift, bookings, underWay } = await fulfil.reconcile();
  const strays = await strayPages({ fleet, pages, host });
  return {
    drift,
    strays,
    counted: { bookings, underWay },
    found: [...drift, ...strays.map(strayFound)] as readonly Found[],
  };
}

const strayFound = ({ brand, slug }: StrayPage): Found => ({
  booking: null,
  surface: 'guest page',
  recipient: brand.id,
  kind: 'stray',
  detail: `${paths.guestPage(slug)} is in place, and no booking has it.`,
});

const place = ({ booking, surface, recipient, detail }: Found) =>
  [booking ?? detail, surface, recipient].join('\0');

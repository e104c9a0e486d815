import { table } from '../output.ts';
import type { Estimate } from './estimate.ts';
import { estimate } from './estimate.ts';
import { type Price, prices, services } from './prices.ts';

/** Said with every estimate. */
export const caveat =
  'An estimate: prices of us-east-1 as of the days in the table, quantities assumed. The AWS edition is synthesised and tested against stand-ins, not deployed.';

/** The estimate as a person reads it: each service with its share. */
export function costText(it: Estimate): string {
  return [
    `${whole(it.bookings)} bookings a month on AWS, ${it.freeTier ? 'after' : 'without'} what is free of charge:`,
    '',
    table(
      ['service', 'dollars', 'share'],
      it.services.map(({ service, usd, share }) => [service, dollars(usd), percent(share)]),
    ),
    '',
    `${dollars(it.total)} dollars a month, ${cents(it.centsPerBooking)} cents a booking; ${cents(it.centsWithoutPhotosKept)} before keeping photos.`,
    caveat,
  ].join('\n');
}

/** The bill of several sizes side by side, as docs/operating/aws.md has it. */
export function billTable(sizes: readonly number[]): string {
  const bills = sizes.map(size => estimate(size));
  const row = (head: string, cell: (bill: Estimate) => string) =>
    `| ${[head, ...bills.map(cell)].join(' | ')} |`;
  return [
    row('a month', ({ bookings }) => `${whole(bookings)} bookings`),
    `|---|${bills.map(() => '---:|').join('')}`,
    ...services.map(service =>
      row(service, bill => {
        const { usd = 0, share = 0 } = bill.services.find(each => each.service === service) ?? {};
        return `$${dollars(usd)} (${percent(share)})`;
      }),
    ),
    row('**all**', ({ total }) => `**$${dollars(total)}**`),
    row('a booking', ({ centsPerBooking }) => `${cents(centsPerBooking)} ¢`),
    row(
      'a booking, before keeping photos',
      ({ centsWithoutPhotosKept }) => `${cents(centsWithoutPhotosKept)} ¢`,
    ),
    row(
      'all, with nothing free of charge',
      ({ bookings }) => `$${dollars(estimate(bookings, { freeTier: false }).total)}`,
    ),
  ].join('\n');
}

/** The price table, as docs/operating/aws.md has it. */
export const priceTable = (): string =>
  [
    '| service | for | dollars | free a month | from | read |',
    '|---|---|---:|---:|---|---|',
    ...(Object.values(prices) as Price[]).map(
      ({ service, per, usd, unit, free, source, read }) =>
        `| ${service} | ${per} | ${perUnit(usd, unit)} | ${free === 0 ? '' : whole(free)} | [page](${source}) | ${read ?? 'known, not read again'} |`,
    ),
  ].join('\n');

/** Dollars for a number of units that makes a figure people know: a million, a thousand or one. */
function perUnit(usd: number, unit: string): string {
  const of = usd < 0.000_02 ? 1_000_000 : usd < 0.001 ? 1000 : 1;
  const amount = Number((usd * of).toPrecision(6));
  return of === 1 ? `${amount} for one ${unit}` : `${amount} for ${whole(of)} ${unit.replace(/s?$/, 's')}`;
}

const whole = (value: number) => value.toLocaleString('en-US');
const dollars = (usd: number) =>
  usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const cents = (value: number) => value.toFixed(1);
const percent = (share: number) => `${Math.round(share * 100)} %`;

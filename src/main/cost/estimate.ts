import { type Price, type Priced, prices, type Service, services } from './prices.ts';
import { usage } from './usage.ts';

/** One line of the estimate: so much of a thing, and what it comes to. */
export type CostLine = {
  readonly service: Service;
  readonly per: string;
  readonly quantity: number;
  readonly unit: string;
  /** How much of the quantity costs nothing. */
  readonly free: number;
  readonly usd: number;
  readonly because: readonly string[];
  readonly price: Pick<Price, 'usd' | 'source' | 'read'>;
};

export type Estimate = {
  readonly bookings: number;
  readonly freeTier: boolean;
  readonly lines: readonly CostLine[];
  readonly services: readonly { readonly service: Service; readonly usd: number; readonly share: number }[];
  /** Dollars a month. */
  readonly total: number;
  /** The same without what keeping photos costs. */
  readonly withoutPhotosKept: number;
  /** Cents for a booking: all of it, and without what keeping photos costs. */
  readonly centsPerBooking: number;
  readonly centsWithoutPhotosKept: number;
};

/** What AWS would charge in a month with so many bookings, once a year of them is kept. */
export function estimate(bookings: number, { freeTier = true }: { freeTier?: boolean } = {}): Estimate {
  const used = new Map<Priced, { quantity: number; because: string[] }>();
  for (const { of, perBooking = 0, perMonth = 0, because } of usage) {
    const line = used.get(of) ?? { quantity: 0, because: [] };
    line.quantity += perBooking * bookings + perMonth;
    line.because.push(because);
    used.set(of, line);
  }
  const lines = [...used].map(([of, { quantity, because }]): CostLine => {
    const { service, per, unit, usd, free: most, source, read } = prices[of];
    const free = freeTier ? Math.min(quantity, most) : 0;
    return {
      service,
      per,
      quantity,
      unit,
      free,
      usd: (quantity - free) * usd,
      because,
      price: { usd, source, read },
    };
  });
  const total = sum(lines);
  const withoutPhotosKept = sum(lines.filter(({ service }) => service !== 'S3, photos kept'));
  return {
    bookings,
    freeTier,
    lines,
    services: services.map(service => {
      const usd = sum(lines.filter(line => line.service === service));
      return { service, usd, share: total === 0 ? 0 : usd / total };
    }),
    total,
    withoutPhotosKept,
    centsPerBooking: (total * 100) / bookings,
    centsWithoutPhotosKept: (withoutPhotosKept * 100) / bookings,
  };
}

const sum = (lines: readonly CostLine[]) => lines.reduce((all, { usd }) => all + usd, 0);

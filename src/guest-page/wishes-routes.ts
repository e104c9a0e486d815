import { type Context, Hono } from 'hono';
import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import { paths } from '#ui/paths.ts';
import type { GuestWishes } from './guest-wishes.ts';
import { type Language, languages } from './languages.ts';
import { notHere } from './routes.ts';
import { wishesPage } from './wishes-page.tsx';

export type WishesRoutesParts = {
  wishes: GuestWishes;
  /** The booking whose page hangs under this slug on this brand, or null. */
  bookingAt: (brand: Brand, slug: string) => Promise<Booking | null>;
  /** The guest wishes for another language: the page says everything in it. */
  onLanguage: (booking: Booking) => Promise<void>;
};

/**
 * What a guest wishes for the letters about a booking, by the address of its page. Mail programs stop letters with one
 * POST that says `List-Unsubscribe=One-Click` (RFC 8058): nothing to sign in to, nothing to confirm, said again no harm.
 */
export function wishesRoutes({ wishes, bookingAt, onLanguage }: WishesRoutesParts): (brand: Brand) => Hono {
  return brand => {
    const app = new Hono();
    const answer = async (c: Context, saved: boolean) => {
      const slug = c.req.param('slug') ?? '';
      const booking = await bookingAt(brand, slug);
      if (!booking) return notHere(brand, c.req.raw);
      if (saved) {
        const before = await wishes.of(booking.id);
        const now = wished(await c.req.parseBody(), before);
        await wishes.put(booking.id, now);
        if (now.language !== before.language) await onLanguage(booking);
      }
      const back = paths.guestPage(slug);
      return c.html(wishesPage(brand, { wishes: await wishes.of(booking.id), back, saved }), 200, privately);
    };
    app.get(paths.guestLetters(':slug'), c => answer(c, false));
    app.post(paths.guestLetters(':slug'), c => answer(c, true));
    return app;
  };
}

const privately = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "frame-ancestors 'none'",
} as const;

function wished(said: Record<string, unknown>, before: { language: Language | null }) {
  if (said['List-Unsubscribe'] === 'One-Click') return { ...before, onlyNecessary: true };
  const { language } = said;
  const isOurs = typeof language === 'string' && Object.hasOwn(languages, language);
  return {
    language: isOurs ? (language as Language) : before.language,
    onlyNecessary: said.letters === 'necessary',
  };
}

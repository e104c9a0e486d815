import { type Context, Hono } from 'hono';
import type { SessionCookie } from '#access/cookies.ts';
import { formToken } from '#access/forms.ts';
import type { Payees } from '#access/payees.ts';
import type { SignInDoor } from '#access/sign-in.tsx';
import type { Fleet } from '#booking/fleet.ts';
import type { Clock } from '#lib/clock.ts';
import { dayOf, inZone } from '#lib/zoned.ts';
import type { Egress } from '#platform/egress.ts';
import { htmlText } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import type { FinanceStore } from './finance-store.ts';
import { PayPage } from './pay-page.tsx';
import { payStatement } from './pay-statement.ts';

export type PayParts = {
  store: Pick<FinanceStore, 'month'>;
  payees: Payees;
  cookie: SessionCookie;
  fleet: Fleet;
  currency: string;
  egress: Egress;
  clock: Clock;
  /** Months as the house's calendar has them: the one asked for, its neighbours, its name. */
  months: {
    asked: (text: string | undefined, today: string) => string;
    around: (month: string) => { readonly previous: string; readonly next: string };
    text: (month: string) => string;
  };
};

/** The way to one's own pay: a fresh sign-in of its own, whatever else is open on the phone. */
export const payDoor = (payees: Payees): SignInDoor => ({
  sessions: payees,
  at: {
    page: paths.paySignIn,
    script: paths.paySignInScript,
    letter: paths.paySignInLetter,
    session: paths.paySession,
    signOut: paths.paySignOut,
    inside: paths.pay(),
  },
  words: {
    title: 'Your pay',
    heading: 'Your pay',
    lede: 'It opens for a quarter of an hour, with a link that goes to your own address only.',
    who: 'crew',
  },
  cure: 'Ask for a new one below: it works for a quarter of an hour.',
});

/** What somebody earns, for that person alone. Without a session of this door it leads to the sign-in. */
export function payRoutes(parts: PayParts): Hono {
  const { store, payees, cookie, fleet, clock, months } = parts;
  const { house } = fleet;
  const routes = new Hono();

  const visit = async (c: Context) => {
    const id = cookie.read(c.req.raw);
    const session = id === null ? null : await payees.session(id);
    const person = session && fleet.person(session.person);
    return session && person ? { session, person } : null;
  };

  routes.get(paths.pay(), async c => {
    c.header('cache-control', 'no-store');
    const came = await visit(c);
    if (!came) return c.redirect(paths.paySignIn(), 303);
    const { session, person } = came;
    const month = months.asked(c.req.query('month'), dayOf(inZone(clock.now(), house.zone)));
    const statement = await payStatement(store, person.id, month, parts.currency);
    const html = await htmlText(
      <PayPage
        statement={statement}
        firstName={person.firstName}
        house={{ name: house.name, email: house.sender.address }}
        vesselName={id => fleet.vessel(id)?.name ?? id}
        months={months.around(month)}
        monthText={months.text}
        until={inZone(session.expiresAt, house.zone)}
        formToken={formToken(session)}
      />,
    );
    await parts.egress.emit({
      audience: 'payee',
      channel: 'page',
      // The person too: the egress then knows whose pay may stand in it.
      about: [...statement.rows.map(({ booking }) => booking), person.id],
      body: html,
    });
    return c.html(html);
  });

  return routes;
}

import type { Hono } from 'hono';
import { deskDoor } from '#access/desk-door.ts';
import { signInRoutes } from '#access/sign-in.tsx';
import type { Person } from '#booking/fleet.ts';
import { monthBounds, monthOr, monthText } from '#calendar/month.ts';
import { payDoor, payRoutes } from '#finances/pay-routes.tsx';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';
import { signInLetter } from './sign-in-letter.ts';

/** The ways in by a letter: staff to the desk, everybody to their own pay. */
export function doors(of: Rooms, { config, clock, log, at }: RoomOptions): Hono[] {
  const { fleet, shape } = config;
  const common = { clock, log, origin: at.house };
  const byEmail = (email: string, mayEnter: (person: Person) => boolean) =>
    fleet.people.find(person => person.email.toLowerCase() === email.trim().toLowerCase() && mayEnter(person))
      ?.id ?? null;

  return [
    signInRoutes({
      ...common,
      door: deskDoor(of.people),
      cookie: of.cookies.desk,
      personByEmail: email =>
        byEmail(email, ({ roles }) => roles.some(role => role === 'owner' || role === 'operator')),
      sendSignIn: async (person, link, expiresAt) => {
        const letter = signInLetter(fleet, 'desk', person, link, expiresAt);
        if (letter) await of.open.post.post(letter);
      },
      greetDevice: of.greet('desk'),
    }),
    signInRoutes({
      ...common,
      door: payDoor(of.payees),
      cookie: of.cookies.pay,
      personByEmail: email => byEmail(email, () => true),
      // Beside the other letters about money: an operator who reads letters must not find this link.
      sendSignIn: async (person, link, expiresAt) => {
        const letter = signInLetter(fleet, 'pay', person, link, expiresAt);
        if (letter) await of.owner.post.post(letter);
      },
      greetDevice: of.greet('pay'),
    }),
    payRoutes({
      store: of.finances,
      payees: of.payees,
      cookie: of.cookies.pay,
      fleet,
      currency: shape.money.currency,
      egress: of.out,
      clock,
      months: { asked: monthOr, around: monthBounds, text: monthText },
    }),
  ];
}

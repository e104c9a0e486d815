import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import { type CrewEvent, placeOf } from '#crew/crew.ts';
import { looksLikeMoney } from '#crew/money-words.ts';
import { paths } from '#ui/paths.ts';
import { type CrewAct, fieldsOf, perform, readAct, undoOf } from './crew-acts.ts';
import { type CouldSail, CrewPage, type CrewPageView } from './crew-page.tsx';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted } from './form.ts';
import { bookingAt } from './look-up.ts';

/** The rules that yield to a reason, in words for a list of people. */
const rules: Readonly<Record<string, string>> = {
  'person-busy': 'taken then',
  'credential-expired': 'a credential runs out',
  'captain-is-renters-choice': 'the renter chooses the captain',
};

/** The crew of a booking by hand: answers from a phone call, who sails instead, who comes off, and what the renter chose. */
export function crewRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  /** Everybody of the crew who is not on the roster, with what is against them. */
  const couldSail = async (crew: CrewEvent): Promise<readonly CouldSail[]> => {
    const people = fleet.people.filter(
      ({ id, roles }) => roles.some(role => role === 'captain' || role === 'crew') && !placeOf(crew, id),
    );
    return Promise.all(
      people.map(async ({ id, roles }) => {
        const fault = await deps.crewHands.faultOf(crew, id, roles.includes('crew') ? 'crew' : 'captain');
        return {
          person: id,
          isCaptain: roles.includes('captain'),
          against: fault && (rules[fault.code] ?? null),
        };
      }),
    );
  };

  const crewPage = async (
    c: Context,
    session: StaffSession,
    booking: Booking,
    more: Partial<Pick<CrewPageView, 'refused' | 'done' | 'doubtfulNotes'>>,
  ) => {
    const crew = await deps.crew.ofBooking(booking.id);
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Crew',
      about: [booking.id],
      status: more.refused || more.doubtfulNotes ? 422 : 200,
      content: (
        <CrewPage
          fleet={fleet}
          booking={booking}
          crew={crew}
          formToken={formToken(session)}
          couldSail={crew ? await couldSail(crew) : []}
          refused={more.refused ?? null}
          done={more.done ?? null}
          doubtfulNotes={more.doubtfulNotes ?? null}
        />
      ),
    });
  };

  app.get(paths.deskCrew(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const booking = await bookingAt(deps, c.req.param('id'));
    const act = readAct(name => c.req.query(name) ?? '');
    const undo = readAct(name => c.req.query(`undo-${name}`) ?? '');
    return crewPage(c, session, booking, act ? { done: { act, undo } } : {});
  });

  app.post(paths.deskCrew(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const act = readAct(field);
    const event = await deps.crew.ofBooking(booking.id);
    if (!act || !event) return crewPage(c, session, booking, { refused: unreadable });
    const despite = field('despite');
    if (field('insists') === 'yes' && !despite) {
      const refused = { act, problems: [], mayInsist: true, wrong: 'A reason is needed.' };
      return crewPage(c, session, booking, { refused });
    }
    try {
      await perform(deps.crewHands, event.id, act, { by: session.person, ...(despite ? { despite } : {}) });
    } catch (error) {
      const problems = problemsOf(error);
      const mayInsist = problems.some(({ code }) => Object.hasOwn(rules, code));
      return crewPage(c, session, booking, { refused: { act, problems, mayInsist } });
    }
    return c.redirect(`${paths.deskCrew(booking.id)}?${whatWasDone(act, undoOf(event, act))}`, 303);
  });

  app.get(paths.deskNotes(':id'), c => c.redirect(paths.deskCrew(c.req.param('id') ?? ''), 303));
  app.post(paths.deskNotes(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const event = await deps.crew.ofBooking(booking.id);
    const notes = field('notes').replaceAll('\r\n', '\n').slice(0, 4000);
    if (looksLikeMoney(notes) && field('sure') !== 'yes') {
      return crewPage(c, session, booking, { doubtfulNotes: notes });
    }
    try {
      if (event) await deps.crewHands.note(event.id, notes, { by: session.person });
    } catch (error) {
      return crewPage(c, session, booking, {
        refused: { act: null, problems: problemsOf(error), mayInsist: false },
      });
    }
    return c.redirect(`${paths.deskCrew(booking.id)}#notes`, 303);
  });

  return app;
}

/** What the page after a change says was done, and what takes it back. */
function whatWasDone(act: CrewAct, undo: CrewAct | null): URLSearchParams {
  const undoing = Object.entries(undo ? fieldsOf(undo) : {}).map(([name, value]) => [`undo-${name}`, value]);
  return new URLSearchParams([...Object.entries(fieldsOf(act)), ...undoing] as [string, string][]);
}

const unreadable: CrewPageView['refused'] = {
  act: null,
  problems: [
    {
      field: '',
      code: 'form-unreadable',
      reason: 'Nothing was done: the form did not say what, or for whom.',
      cure: 'Choose a person and press the button again.',
    },
  ],
  mayInsist: false,
};

import { type Booking, firstNameOf } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Made, Statement, Surface } from '#booking/surface.ts';
import { digestOf } from '#lib/digest.ts';
import { dateText, rangeText, shift, timeText, type ZonedTime } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Post } from '#mail/post.ts';
import { type Books, ledgerNow } from './ledger-surface.ts';
import { amountText, decimalText, type Money, plus } from './money.ts';
import type { LedgerLine } from './settle.ts';
import { type Draft, lastTold, tell } from './tell.ts';
import { accentOf, changes, type Facts, tripFacts, vesselName } from './trip-words.ts';

export type CaptainLetterDeps = Books & {
  readonly fleet: Fleet;
  /** The post of the money database. */
  readonly post: Post;
};

type CaptainStatement = Statement & { readonly facts: Facts };

/** The captain's summary: the trip and what this captain earns by it. No other amount, not even the price, comes near it. */
export function captainLetterSurface(deps: CaptainLetterDeps): Surface<CaptainStatement> {
  const { fleet } = deps;
  const frame = (booking: Booking) => ({
    accent: accentOf(booking, fleet),
    footer: [
      `From ${fleet.house.name}, about your own pay: please keep it to yourself. Booking ${booking.id}.`,
    ],
  });
  /** Names the payee too: the egress then knows whose pay may stand in it. */
  const common = (booking: Booking, person: { id: string; name: string; email: string }) => ({
    audience: 'payee' as const,
    about: [booking.id, person.id],
    from: fleet.house.sender,
    to: { name: person.name, address: person.email },
  });
  const about = (booking: Booking, word: string) =>
    `Captain's summary: ${vesselName(booking, fleet)}, ${dateText(booking.start)}${word}`;

  const takeBack = async (booking: Booking, recipient: string, words: LastWords): Promise<Made> => {
    const person = fleet.person(recipient);
    if (!person) return { state: 'stated' };
    const { id } = booking;
    const said = { booking: id, surface: 'captain letter', recipient, digest: null, facts: {} } as const;
    return tell(
      deps,
      said,
      (): Draft => ({
        ...common(booking, person),
        kind: 'cancel',
        subject: about(booking, words.word),
        ...layOut({
          ...frame(booking),
          preheader: words.short,
          heading: about(booking, words.word),
          paragraphs: [words.text],
        }),
      }),
    );
  };

  return {
    name: 'captain letter',
    fence: 'owner',
    async desired(booking) {
      if (booking.status === 'cancelled') return [];
      const { ledger, sailing } = await ledgerNow(deps, booking);
      const { status, start, end, vessel, partySize } = booking;
      const trip = {
        status,
        start: start.at,
        end: end.at,
        vessel,
        partySize,
        guest: firstNameOf(booking.guest),
        sailing,
      };
      const captains = (sailing ?? []).filter(who => who.role === 'captain' && fleet.person(who.person));
      return captains.map(({ person, callTime }) => {
        const own = ledger.lines.filter(line => line.person === person);
        const pay = earned(own);
        return {
          recipient: person,
          digest: digestOf({ ...trip, pay: pay && decimalText(pay), paidBy: own.map(line => line.paidBy) }),
          facts: {
            ...tripFacts(booking, sailing, fleet, 'first name'),
            ...callFacts(booking, callTime, fleet),
            'Your pay': payText(pay, own),
          },
        };
      });
    },

    async state(booking, { recipient, digest, facts }) {
      const person = fleet.person(recipient);
      if (!person) return { state: 'stated' };
      const said = { booking: booking.id, surface: 'captain letter', recipient, digest, facts } as const;
      return tell(deps, said, (earlier): Draft => {
        const news = earlier?.digest ? changes(earlier.facts, facts) : [];
        const word = earlier?.digest ? ' (changed)' : '';
        return {
          ...common(booking, person),
          kind: earlier?.digest ? 'change' : 'summary',
          subject: about(booking, word),
          ...layOut({
            ...frame(booking),
            preheader: `${facts.When}.`,
            heading: about(booking, word),
            paragraphs: booking.status === 'tentative' ? ['Not confirmed yet.'] : [],
            facts: Object.entries(facts),
            tables:
              news.length > 0
                ? [
                    {
                      caption: 'What changed',
                      columns: [{ label: '' }, { label: 'Before' }, { label: 'Now' }],
                      rows: news,
                    },
                  ]
                : [],
          }),
        };
      });
    },

    withdraw: (booking, { recipient }) =>
      takeBack(booking, recipient, booking.status === 'cancelled' ? off : replaced),

    async absorbed(booking, into, { recipient }) {
      const isOn = into.status !== 'cancelled';
      const sailing = isOn ? await deps.sailing(into) : [];
      const isTheirs = sailing?.some(({ person, role }) => person === recipient && role === 'captain');
      return takeBack(booking, recipient, isTheirs ? sameAs(into) : isOn ? replaced : off);
    },

    readBack: (booking, recipient) =>
      lastTold(deps, { booking: booking.id, surface: 'captain letter', recipient }),
  };
}

/** How a captain's summary ends. */
type LastWords = { word: string; short: string; text: string };

const off: LastWords = {
  word: ' is off',
  short: 'The trip is off.',
  text: 'The trip is off. The pay we told you about does not apply any more.',
};

const replaced: LastWords = {
  word: ': not yours any more',
  short: 'Somebody else takes this trip.',
  text: 'You are not the captain of this trip any more. The pay we told you about does not apply.',
};

const sameAs = (into: Booking): LastWords => ({
  word: `, is the trip of ${dateText(into.start)}`,
  short: 'Two trips are one, and paid once.',
  text: `This trip and the one of ${rangeText(into.start, into.end)} turned out to be the same booking. It is sailed and paid once: what the summary of that trip says counts.`,
});

const earned = (lines: readonly LedgerLine[]): Money | null =>
  lines
    .map(line => line.amount)
    .reduce<Money | null>((sum, amount) => (sum ? plus(sum, amount) : amount), null);

function payText(pay: Money | null, own: readonly LedgerLine[]): string {
  if (!pay) return 'not agreed here: ask the owner';
  const byMarketplace = own.every(line => line.paidBy === 'marketplace');
  return byMarketplace ? `${amountText(pay)}, paid by the marketplace` : amountText(pay);
}

function callFacts(booking: Booking, callTime: ZonedTime | undefined, fleet: Fleet): Facts {
  const vessel = fleet.vessel(booking.vessel);
  if (!vessel) return {};
  return {
    'Call time': timeText(callTime ?? shift(booking.start, { minutes: -vessel.callMinutes })),
    Berth: `${vessel.berth.name}, ${vessel.berth.address}`,
  };
}

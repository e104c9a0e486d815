import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { type Belief, nobody, type Statement, type Surface } from '#booking/surface.ts';
import { digestOf } from '#lib/digest.ts';
import { dateText, rangeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { LetterParts, Table } from '#mail/letter-parts.ts';
import type { Post } from '#mail/post.ts';
import { paths } from '#ui/paths.ts';
import type { LedgerEntry } from './finance-store.ts';
import { type Books, ledgerDigest, ledgerNow } from './ledger-surface.ts';
import { amountText, negate } from './money.ts';
import { payout } from './reports.ts';
import type { LedgerLine, Sailing } from './settle.ts';
import { type Draft, lastTold, tell } from './tell.ts';
import { accentOf, changes, type Facts, personName, tripFacts, vesselName } from './trip-words.ts';

export type OwnerLetterDeps = Books & {
  readonly fleet: Fleet;
  /** The post of the money database: the words of these letters hold amounts. */
  readonly post: Post;
  /** What every other surface is believed to say, both sides of the fence. */
  readonly beliefsOf: (booking: Booking['id']) => Promise<readonly Belief[]>;
  /** The whole address of a path of the house. */
  readonly address: (path: string) => string;
};

type OwnerStatement = Statement & {
  readonly ledger: Omit<LedgerEntry, 'at'>;
  readonly sailing: readonly Sailing[] | null;
};

/**
 * The owner's summary: the breakdown to the cent, who sails, what is said where and what failed. Says what changed when
 * facts or figures change, what is reversed when the trip is off. How the other surfaces fare is news only on the desk.
 */
export function ownerLetterSurface(deps: OwnerLetterDeps): Surface<OwnerStatement> {
  const { fleet, store } = deps;
  const owners = () => fleet.people.filter(person => person.roles.includes('owner'));
  const to = (address: string) => ({
    name: owners().find(person => person.email === address)?.name ?? '',
    address,
  });
  const common = (booking: Booking, recipient: string) => ({
    audience: 'owner' as const,
    about: [booking.id],
    from: fleet.house.sender,
    to: to(recipient),
  });
  const about = (booking: Booking, word: string) =>
    `${vesselName(booking, fleet)}, ${dateText(booking.start)}: ${word}`;
  const frame = (booking: Booking) => ({
    accent: accentOf(booking, fleet),
    action: { label: 'Open on the desk', href: deps.address(paths.deskBooking(booking.id)) },
    footer: [
      `From ${fleet.house.name}, to the owner only: it holds amounts. Booking ${booking.id}, revision ${booking.revision}.`,
    ],
  });

  /** The last word about a booking: it is off, or it is the same as another one, which speaks for both. */
  const takeBack = (booking: Booking, recipient: string, into: Booking | null) => {
    const { id } = booking;
    const said = { booking: id, surface: 'owner letter', recipient, digest: null, facts: {} } as const;
    return tell(deps, said, async (earlier): Promise<Draft> => {
      const entry = await store.ledger(id);
      const reversed = entry ? breakdown(entry, fleet) : null;
      const word = into ? `the same as ${dateText(into.start)}` : 'cancelled';
      return {
        ...common(booking, recipient),
        kind: 'cancel',
        subject: about(booking, word),
        ...layOut({
          ...frame(into ?? booking),
          preheader: into
            ? 'Two bookings are one, and count once.'
            : 'The trip is off and its figures are reversed.',
          heading: about(booking, word),
          paragraphs: [
            into
              ? `This booking and the one of ${rangeText(into.start, into.end)} are the same. What was said about its amounts counts there; the figures below count no more.`
              : 'The trip is off. None of its figures count any more; what has been paid already has to be paid back by hand.',
          ],
          facts: Object.entries(earlier?.facts ?? {}).filter(([label]) => tripLabels.has(label)),
          tables: reversed ? [{ ...reversed, caption: 'Reversed' }] : [],
        }),
      };
    });
  };

  return {
    name: 'owner letter',
    fence: 'owner',
    async desired(booking) {
      if (booking.status === 'cancelled') return [];
      const { ledger, sailing } = await ledgerNow(deps, booking);
      const { status, start, end, vessel, partySize } = booking;
      const facts = { status, start: start.at, end: end.at, vessel, partySize, guest: booking.guest.name };
      const digest = digestOf({
        ...facts,
        sailing: sailing && placesOf(sailing),
        ledger: ledgerDigest(ledger),
      });
      return owners().map(({ email }) => ({ recipient: email, digest, ledger, sailing }));
    },

    async state(booking, { recipient, digest, ledger, sailing }) {
      const facts = { ...tripFacts(booking, sailing, fleet, 'whole name'), ...figures(ledger, fleet) };
      const said = { booking: booking.id, surface: 'owner letter', recipient, digest, facts } as const;
      return tell(deps, said, async (earlier): Promise<Draft> => {
        const beliefs = (await deps.beliefsOf(booking.id)).filter(each => each.surface !== 'owner letter');
        const news = earlier?.digest ? changes(earlier.facts, facts) : [];
        const word = earlier?.digest ? 'changed' : booking.status === 'tentative' ? 'held' : 'booked';
        const parts: LetterParts = {
          ...frame(booking),
          preheader: `${facts.When}, party of ${booking.partySize}.`,
          heading: about(booking, word),
          paragraphs: [
            ...(booking.status === 'tentative' ? ['Not confirmed yet: nobody has promised anything.'] : []),
            ...ledger.problems.map(({ message, cure }) => `To be looked at: ${message} ${cure}`),
            ...trouble(beliefs, fleet),
          ],
          facts: Object.entries(tripFacts(booking, sailing, fleet, 'whole name')),
          tables: [
            ...(news.length > 0 ? [changeTable(news)] : []),
            breakdown(ledger, fleet),
            ...standingTable(beliefs),
          ],
          more: [
            { label: 'The month in figures', href: deps.address(paths.deskMoney(ledger.on.slice(0, 7))) },
          ],
        };
        return {
          ...common(booking, recipient),
          kind: earlier?.digest ? 'change' : 'summary',
          subject: about(booking, word),
          ...layOut(parts),
        };
      });
    },

    withdraw: (booking, { recipient }) => takeBack(booking, recipient, null),

    absorbed: (booking, into, { recipient }) =>
      takeBack(booking, recipient, into.status === 'cancelled' ? null : into),

    readBack: (booking, recipient) =>
      lastTold(deps, { booking: booking.id, surface: 'owner letter', recipient }),
  };
}

const placesOf = (sailing: readonly Sailing[]) => sailing.map(({ person, role }) => ({ person, role }));

const tripLabels = new Set(['When', 'Vessel', 'Guest', 'Party size', 'Who sails']);

/** The figures as flat facts, by which two letters are compared. */
function figures(ledger: Omit<LedgerEntry, 'at'>, fleet: Fleet): Facts {
  return Object.fromEntries([
    ['Charter price', ledger.gross ? amountText(ledger.gross) : 'not known'],
    ...ledger.lines.map(line => [lineText(line, fleet), amountText(line.amount)]),
    ['Net', ledger.net ? amountText(ledger.net) : 'not known'],
  ]);
}

function breakdown(ledger: Omit<LedgerEntry, 'at'>, fleet: Fleet): Table {
  const arrives = payout(ledger);
  const keeps = ledger.lines.some(line => line.paidBy === 'marketplace');
  return {
    caption: 'Breakdown',
    columns: [{ label: 'What' }, { label: 'Paid by' }, { label: 'Amount', align: 'end' }],
    rows: [
      ['Charter price', '', ledger.gross ? amountText(ledger.gross) : 'not known'],
      ...ledger.lines.map(line => [
        lineText(line, fleet),
        line.paidBy === 'owner' ? 'you' : (ledger.source ?? 'marketplace'),
        amountText(negate(line.amount)),
      ]),
      ...(keeps && arrives ? [['Of which reaches your account', '', amountText(arrives)]] : []),
      ...(ledger.tips ? [['Tips, for the crew, not counted', '', amountText(ledger.tips)]] : []),
    ],
    total: ['Net', '', ledger.net ? amountText(ledger.net) : 'not known'],
  };
}

const lineText = ({ label, person }: LedgerLine, fleet: Fleet) =>
  person ? `${label} ${personName(person, fleet)}` : label;

const changeTable = (news: ReturnType<typeof changes>): Table => ({
  caption: 'What changed',
  columns: [{ label: '' }, { label: 'Before' }, { label: 'Now' }],
  rows: news,
});

const hasFailed = (belief: Belief) => belief.state === 'failing' || belief.state === 'stuck';

const trouble = (beliefs: readonly Belief[], fleet: Fleet) =>
  beliefs.filter(hasFailed).map(({ surface, recipient, error }) => {
    const towards = recipient === nobody ? '' : ` to ${personName(recipient, fleet)}`;
    return `FAILED: ${surface}${towards}. ${error?.message ?? ''}`.trim();
  });

function standingTable(beliefs: readonly Belief[]): readonly Table[] {
  const surfaces = [...new Set(beliefs.map(belief => belief.surface))];
  if (surfaces.length === 0) return [];
  const count = (of: readonly Belief[], word: string) => (of.length > 0 ? [`${of.length} ${word}`] : []);
  return [
    {
      caption: 'What is said where',
      columns: [{ label: 'Place' }, { label: 'State' }],
      rows: surfaces.map(surface => {
        const here = beliefs.filter(belief => belief.surface === surface);
        const inState = (state: Belief['state']) => here.filter(belief => belief.state === state);
        return [
          surface,
          [
            ...count(inState('stated'), 'stated'),
            ...count(inState('pending'), 'on the way'),
            ...count(here.filter(hasFailed), 'FAILED'),
            ...count(inState('withdrawn'), 'withdrawn'),
          ].join(', '),
        ];
      }),
    },
  ];
}

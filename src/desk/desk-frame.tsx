import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import { htmlText, type NavItem, Page } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { deskStyleHref } from './desk-style.css.ts';
import { quarantined } from './held.ts';
import { troublesFor } from './troubles.ts';

export type DeskSection =
  | 'today'
  | 'bookings'
  | 'calendar'
  | 'holds'
  | 'failures'
  | 'inbox'
  | 'quarantine'
  | 'webhooks'
  | 'money';

export type DeskAnswer = {
  section: DeskSection;
  title: string;
  content: Child;
  /** Bookings (or deliveries) that are shown. */
  about: readonly string[];
  /** `owner` for what may show amounts; everything else stays inside the money fence, whoever looks. */
  audience?: 'operator' | 'owner';
  status?: 200 | 404 | 409 | 422;
};

/** Answers with a page of the desk: navigation with what waits, who is signed in, and past the egress. */
export async function answer(
  c: Context,
  deps: DeskDeps,
  session: StaffSession,
  page: DeskAnswer,
): Promise<Response> {
  const { person, role } = session;
  const html = await htmlText(
    <Page
      title={page.title}
      home={paths.desk}
      nav={navigation(page.section, role, await waiting(deps, session))}
      who={{
        name: `${deps.fleet.person(person)?.firstName ?? person}, ${role}`,
        signOut: { action: paths.deskSignOut, formToken: formToken(session) },
      }}
      styles={[deskStyleHref]}
      foot={deps.fleet.house.name}
      wide
    >
      {page.content}
    </Page>,
  );
  await deps.egress.emit({
    audience: page.audience ?? 'operator',
    channel: 'page',
    about: page.about,
    body: html,
  });
  return c.html(html, page.status ?? 200);
}

type Waiting = {
  holds: number;
  failures: number;
  quarantine: number;
  feeds: number;
  webhooks: number | null;
};

async function waiting(deps: DeskDeps, session: StaffSession): Promise<Waiting> {
  const { store, endpoints } = deps.announcements;
  const [troubles, held, conflicts, feeds, failed, disabled, addresses] = await Promise.all([
    troublesFor(deps, session),
    quarantined(deps),
    deps.conflicts.all(),
    deps.feeds.shown(),
    store.list({ state: 'failed', limit: 100 }),
    store.disabled(),
    deps.mailTroubles.list({ limit: 100 }),
  ]);
  const open = conflicts.filter(({ settled }) => settled === null);
  const alarms = feeds.filter(({ state }) => state?.alarm || state?.trouble).length;
  const given = failed.filter(
    ({ announcement }) => session.role === 'owner' || announcement.fence === 'open',
  );
  return {
    holds: open.length,
    failures: troubles.length + addresses.filter(({ state }) => state === 'open').length,
    quarantine: held.length,
    feeds: alarms,
    webhooks: endpoints.length === 0 ? null : given.length + disabled.length,
  };
}

function navigation(current: DeskSection, role: StaffSession['role'], counts: Waiting): NavItem[] {
  const items: (NavItem & { section: DeskSection })[] = [
    { section: 'today', href: paths.desk, label: 'Today' },
    { section: 'bookings', href: paths.deskBookings, label: 'Bookings' },
    { section: 'calendar', href: paths.deskCalendar(), label: 'Calendar' },
    { section: 'holds', href: paths.deskHolds, label: 'Holds', count: counts.holds },
    { section: 'failures', href: paths.deskFailures, label: 'Failures', count: counts.failures },
    { section: 'inbox', href: paths.deskInbox(), label: 'Inbox', count: counts.feeds },
    { section: 'quarantine', href: paths.deskQuarantine, label: 'Quarantine', count: counts.quarantine },
    // Most have no program of their own that is told anything.
    ...(counts.webhooks === null
      ? []
      : [
          {
            section: 'webhooks' as const,
            href: paths.deskWebhooks,
            label: 'Webhooks',
            count: counts.webhooks,
          },
        ]),
    { section: 'money', href: paths.deskMoney(), label: 'Money' },
  ];
  return items
    .filter(item => item.section !== 'money' || role === 'owner')
    .map(item => ({ ...item, current: item.section === current }));
}

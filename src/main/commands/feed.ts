import type { Command } from 'commander';
import type { FeedShown } from '#intake/feeds-in/follow-feeds.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function feedCommands(program: Command): void {
  const feed = program
    .command('feed')
    .description("calendar feeds: those of people and vessels, and the marketplaces' own that are read");

  onData(feed.command('show <person-or-vessel>'))
    .description('the address to subscribe to; whoever has it reads it')
    .action((of: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const shown = await call<{ url: string }>('feed show', { of });
        out.answer(shown, () => shown.url);
      }),
    );

  onData(feed.command('renew <person-or-vessel>'))
    .description('end the address at once and make a new one')
    .action((of: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const renewed = await call<{ url: string }>('feed renew', { of });
        out.remark('The old address shows nothing any more. The new one:');
        out.answer(renewed, () => renewed.url);
      }),
    );

  onData(feed.command('list'))
    .description("marketplaces' calendars: when each was read, what it bears out and keeps free")
    .action((options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const listed = await call<Listed>('feed list');
        out.answer(listed, () =>
          listed.feeds.length === 0
            ? 'No calendar is read. Name them in the configuration: sources[].feeds.'
            : listed.feeds.map(shownText).join('\n'),
        );
      }),
    );

  onData(feed.command('read <feed>'))
    .description("read a marketplace's calendar now; feeds are called source/vessel")
    .action(one('feed read'));

  onData(feed.command('believe <feed>'))
    .description('say that what an alarm is about is true: what vanished is let go of')
    .action(one('feed believe'));
}

type Listed = { feeds: FeedShown[] };

const one = (name: string) => (feed: string, options: DataOptions) =>
  reach(options, async ({ call, out }) => {
    const done = await call<Listed>(name, { feed });
    out.answer(done, () => done.feeds.map(shownText).join('\n'));
  });

function shownText({ feed, state, matches, unseen }: FeedShown): string {
  const bears = matches.filter(match => match.bears.length > 0).length;
  const against = matches.filter(match => match.against.length > 0).length;
  return [
    `${feed.id}: ${state?.goodAt ? `good at ${state.goodAt}` : 'never read'}`,
    `  ${matches.length} entries ahead: ${bears} bear bookings out, ${matches.length - bears} keep time free`,
    ...(against > 0 ? [`  ${against} against a booking: look at the holds of the desk`] : []),
    ...(state && state.unread > 0 ? [`  ${state.unread} entries could not be taken`] : []),
    ...unseen.map(({ id }) => `  ${id} is not in it`),
    ...(state?.trouble ? [`  Failing since ${state.trouble.since}: ${state.trouble.reason}`] : []),
    ...(state?.alarm
      ? [
          `  ALARM since ${state.alarm.since}: ${state.alarm.gone} of ${state.alarm.of} entries vanished; the last good copy counts.`,
          `  If that is true: gangway feed believe ${feed.id}`,
        ]
      : []),
  ].join('\n');
}

import { Unavailable } from '#lib/refusal.ts';
import type { OutsideRequest } from '#platform/outside.ts';
import type { AskAs } from './calendar-login.ts';
import type { CalendarServer, Over, ServerCalendar } from './server-calendar.ts';

const timeoutMs = 15_000;
/** An entry with what people hang on it; a whole calendar is never asked for. */
const mostBytes = 512 * 1024;

/**
 * Calendars over CalDAV: each write says which version it replaces (`If-Match`), so that the server itself keeps us from
 * writing over what came in between. Redirects are not followed.
 */
export function caldav(askAs: AskAs): CalendarServer {
  const ask = async (
    { id, url, isNearby, ...login }: ServerCalendar,
    name: string,
    asked: Pick<OutsideRequest, 'method' | 'body'> & { headers?: Readonly<Record<string, string>> },
  ) => {
    const answer = await askAs(login, {
      ...asked,
      url: `${url}${encodeURIComponent(name)}`,
      headers: {
        ...asked.headers,
        'user-agent': 'Gangway',
      },
      timeoutMs,
      mostBytes,
      isNearby,
    });
    return { ...answer, refused: () => refused(id, answer.status) };
  };

  return {
    async read(calendar, name) {
      const { status, headers, body, refused } = await ask(calendar, name, { method: 'GET' });
      if (status === 404 || status === 410) return null;
      // Without a version nothing could be replaced safely (RFC 4791 section 5.3.4 demands one).
      if (status !== 200 || !headers.etag) throw refused();
      return { etag: headers.etag, text: Buffer.from(body).toString('utf8') };
    },
    async write(calendar, name, text, over) {
      const { status, refused } = await ask(calendar, name, {
        method: 'PUT',
        headers: { 'content-type': 'text/calendar; charset=utf-8', ...condition(over) },
        body: text,
      });
      if (status === 412) return false;
      if (status < 200 || status > 299) throw refused();
      return true;
    },
    async remove(calendar, name, over) {
      const { status, refused } = await ask(calendar, name, { method: 'DELETE', headers: condition(over) });
      if (status === 412) return false;
      if (status === 404 || status === 410) return true;
      if (status < 200 || status > 299) throw refused();
      return true;
    },
  };
}

const condition = (over: Over): Record<string, string> => {
  if (over === 'anything') return {};
  return over === 'nothing' ? { 'if-none-match': '*' } : { 'if-match': over.etag };
};

const refused = (id: string, status: number) =>
  new Unavailable('calendar-server-refused', `The calendar server of ${id} ${meaning(status)}.`);

/** What an answer of a calendar server means for whoever set it up. */
export function meaning(status: number): string {
  if (status === 401) return 'does not accept the user or password (401)';
  if (status === 403) return 'does not let this user write there (403)';
  if (status === 404 || status === 409) return `knows no such calendar (${status})`;
  if (status >= 300 && status < 400) return `sends us elsewhere (${status}): give the address it names`;
  if (status === 200) return 'gave an entry without a version';
  return `answered ${status}`;
}

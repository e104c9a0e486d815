import { canonicalJson } from '#lib/digest.ts';
import type { BookingField, BookingStatus, ExternalName, Origin } from './booking.ts';
import { byAge, chainOf } from './chain.ts';
import { bookingFields, desk, type Fields, type Message } from './message.ts';
import { withoutApart } from './parts.ts';

/** What all messages about one booking add up to. Fields nobody stated are absent. */
export type Account = {
  readonly status: BookingStatus;
  readonly fields: Omit<Fields, 'status'>;
  readonly origins: Readonly<Partial<Record<BookingField, Origin>>>;
  /** Outside names, oldest first. */
  readonly names: readonly ExternalName[];
};

/**
 * Adds up messages. A pure function of their set:
 * within a name, versions order and else the time it happened there; a cancelled name stays cancelled;
 * of names that replace each other only the last one speaks; between sources the later change of a field wins, and a
 * marketplace repeating what it said before has changed nothing.
 */
export function fold(messages: readonly Message[]): Account {
  const all = [...new Map(messages.map(m => [`${m.source}\0${m.messageId}`, m])).values()];
  const distinct = withoutApart(all);
  const bySource = Map.groupBy(distinct, message => message.source);
  const fromDesk = (bySource.get(desk) ?? []).toSorted(byAge);
  const outside = outsideSources(distinct).map(source => ({
    source,
    ...outsideVoice(bySource.get(source) ?? [], alsoKnownAs(fromDesk, source)),
  }));

  const settings = mergeSettings([...outside.map(voice => voice.settings), deskSettings(fromDesk)]);
  const cancelledBy =
    outside.find(voice => voice.cancelledBy)?.cancelledBy ?? standingDeskCancel(fromDesk, latest(outside));

  const origins: Partial<Record<BookingField, Origin>> = {};
  for (const field of bookingFields) {
    const setting = settings[field];
    if (setting) origins[field] = setting.origin;
  }
  if (cancelledBy) origins.status = originOf(cancelledBy);
  const { status, ...fields } = valuesOf(settings);
  return {
    status: cancelledBy ? 'cancelled' : (status ?? 'confirmed'),
    fields,
    origins,
    names: outside.flatMap(({ source, chain }) => chain.map(externalId => ({ source, externalId }))),
  };
}

type Settings = { [F in BookingField]?: { value: Fields[F]; origin: Origin } };
type Voice = {
  settings: Settings;
  chain: readonly string[];
  cancelledBy: Message | null;
  began: string | null;
};

function outsideSources(messages: readonly Message[]): string[] {
  const sources = messages.flatMap(m => (m.sameAs ? [m.source, m.sameAs.source] : [m.source]));
  return [...new Set(sources)].filter(source => source !== desk).sort();
}

const alsoKnownAs = (fromDesk: readonly Message[], source: string) =>
  fromDesk.flatMap(m => (m.sameAs?.source === source ? [m.sameAs.externalId] : []));

function outsideVoice(said: readonly Message[], knownNames: readonly string[]): Voice {
  const chain = chainOf(said, knownNames);
  const byName = Map.groupBy(said, message => message.externalId);
  const began = (name: string | undefined) => byName.get(name ?? '')?.toSorted(byAge)[0]?.at ?? null;
  const settings: Settings = {};
  const outOfTurn: Message[] = [];
  for (const [index, name] of chain.entries()) {
    // Once its successor has begun, an old name has nothing more to say, however late that is said.
    const closed =
      chain
        .slice(index + 1)
        .map(began)
        .find(at => at !== null) ?? null;
    const said = inOrder(byName.get(name) ?? []);
    const end = said.findIndex(message => message.kind === 'cancelled');
    for (const [place, message] of said.entries()) {
      if (message.kind === 'cancelled') continue;
      if ((end >= 0 && place > end) || (closed !== null && message.at >= closed)) outOfTurn.push(message);
      else change(settings, message);
    }
  }
  // Where nothing else is known, a word out of turn still tells what it was that was cancelled.
  const hearsay: Settings = {};
  for (const message of outOfTurn) change(hearsay, message);
  const last = chain.at(-1);
  const cancels = inOrder(byName.get(last ?? '') ?? []).filter(message => message.kind === 'cancelled');
  return {
    settings: { ...hearsay, ...settings },
    chain,
    cancelledBy: cancels[0] ?? null,
    began: began(last),
  };
}

/**
 * By version where there is one. A message without one stands right after the highest version that had happened by its
 * own time, which keeps the order total when a source mixes both.
 */
function inOrder(messages: readonly Message[]): Message[] {
  const versioned = messages.filter(message => message.version !== undefined);
  const rank = (message: Message) =>
    message.version ?? Math.max(-1, ...versioned.map(v => (v.at <= message.at ? (v.version ?? -1) : -1)));
  return messages.toSorted(
    (a, b) =>
      rank(a) - rank(b) || Number(a.version === undefined) - Number(b.version === undefined) || byAge(a, b),
  );
}

function change(settings: Settings, message: Message): void {
  for (const field of bookingFields) {
    const value = message.fields[field];
    if (value !== undefined && !same(settings[field]?.value, value)) set(settings, field, value, message);
  }
}

function deskSettings(fromDesk: readonly Message[]): Settings {
  const settings: Settings = {};
  for (const message of fromDesk) {
    if (message.kind === 'cancelled') continue;
    for (const field of bookingFields) {
      const value = message.fields[field];
      if (value !== undefined) set(settings, field, value, message);
    }
  }
  return settings;
}

function mergeSettings(all: readonly Settings[]): Settings {
  const merged: Settings = {};
  for (const settings of all) {
    for (const field of bookingFields) {
      const theirs = settings[field];
      const ours = merged[field];
      // The desk comes last in `all`: at the same instant a person's word counts.
      if (theirs && (!ours || theirs.origin.at >= ours.origin.at)) Object.assign(merged, { [field]: theirs });
    }
  }
  return merged;
}

/**
 * The desk's cancel that still stands: not one the desk took back by stating a status later, and not one that was said
 * before the guest booked again under a new name.
 */
function standingDeskCancel(fromDesk: readonly Message[], began: string | null): Message | null {
  const cancel = fromDesk.findLast(message => message.kind === 'cancelled') ?? null;
  if (!cancel || (began !== null && began > cancel.at)) return null;
  const later = fromDesk.slice(fromDesk.indexOf(cancel) + 1);
  return later.some(message => message.fields.status !== undefined) ? null : cancel;
}

const latest = (voices: readonly Voice[]): string | null =>
  voices.map(voice => voice.began).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);

const set = <F extends BookingField>(settings: Settings, field: F, value: Fields[F], message: Message) =>
  Object.assign(settings, { [field]: { value, origin: originOf(message) } });

const originOf = (message: Message): Origin => ({
  source: message.source,
  message: message.messageId,
  at: message.at,
});

const valuesOf = (settings: Settings): Fields =>
  Object.fromEntries(
    bookingFields.flatMap(field => (settings[field] ? [[field, settings[field].value]] : [])),
  );

const same = (a: unknown, b: unknown) =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null) && (a === undefined) === (b === undefined);

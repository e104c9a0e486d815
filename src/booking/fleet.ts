import type { PageLayout } from './page-layout.ts';

/** Whether the owner sells passage (`time`), rents the bare vessel (`bareboat`), or sails under a certificate of inspection. */
export type CharterMode = 'time' | 'bareboat' | 'inspected';

/** A public face: its own host, bucket, look and sender. The `Brand` object is the only way to any of them. */
export type Brand = {
  /** Lower-case word, also the local host: `http://{id}.localhost:{port}`. */
  id: string;
  name: string;
  /** The public host, e.g. `queenofsandiego.com`. */
  host: string;
  /** How a guest page's address maps to its stored object. */
  layout: PageLayout;
  /** Where the pages live on AWS. Never shared by two brands. */
  bucket: string;
  theme: Theme;
  sender: { name: string; address: string };
  /** Printed on pages and letters for questions. */
  contact: { phone: string | null; email: string };
  /** BCP 47, e.g. `en-US`. */
  locale: string;
};

/** Two colours; light and dark pages are derived from them. CSS hex, e.g. `#0b5f7a`. */
export type Theme = { accent: string; ink: string };

export type Berth = {
  /** `Harbor Island, dock C, slip 12`. */
  name: string;
  address: string;
  latitude: number;
  longitude: number;
  /** How to find it on foot; shown to guests and crew. */
  directions: string;
};

export type Vessel = {
  id: string;
  name: string;
  /** The brand whose guests sail on her. */
  brand: string;
  /** IANA zone of the berth: every date of her trips is said in it. */
  zone: string;
  berth: Berth;
  charterMode: CharterMode;
  /** Passengers she carries at most; for `inspected`, the limit of the certificate. */
  capacity: number;
  /** Minutes before the start at which crew are due on board. */
  callMinutes: number;
  /** Who sails unless somebody decides otherwise. */
  crew: readonly { person: string; role: CrewRole }[];
  /** Who is asked when one of the usual crew cannot or does not answer; a lower rank is asked first. */
  reserve?: readonly { person: string; role: CrewRole; rank: number }[];
  /** Hours in which a place that was offered has to be answered before it is open to others; 48 where it is not said. */
  answerHours?: number;
  /** Minutes between two of her trips, and between two of anybody who sails on her; 0 where it is not said. */
  turnaroundMinutes?: number;
  /** Where guests can read about weather and tides: addresses of others, linked and never copied. */
  weather?: string | undefined;
  tides?: string | undefined;
  /** What her crews may need on board, as links: safety briefing, engine manual, float plan. */
  documents?: readonly { label: string; url: string }[];
  /** What guests should bring, one line each. */
  bring: readonly string[];
};

export type CrewRole = 'captain' | 'crew';

/** Somebody who sails or runs the business. Holds no pay: that is the finances room's. */
export type Person = {
  id: string;
  /** What guests and shipmates call them. */
  firstName: string;
  name: string;
  email: string;
  phone: string | null;
  roles: readonly ('captain' | 'crew' | 'operator' | 'owner')[];
  /** What they have to hold to sail; nothing is checked where nothing is said. */
  credentials?: readonly Credential[];
};

/** A paper that runs out. `neededAs`: the roles in which nobody sails once it has. */
export type Credential = {
  /** `mmc`, `drug programme`, `first aid`. */
  kind: string;
  /** The last day on which it is good, `2027-05-30`. A grace period for renewal does not permit sailing. */
  expires: string;
  neededAs: readonly CrewRole[];
};

/** Who and what an operator has: from the configuration, fixed while the program runs. */
export type Fleet = {
  /** The operator's own name and addresses: sender of crew and staff letters. */
  house: House;
  brands: readonly Brand[];
  vessels: readonly Vessel[];
  people: readonly Person[];
  brand(id: string): Brand | null;
  vessel(id: string): Vessel | null;
  person(id: string): Person | null;
};

export type House = {
  name: string;
  /** The host of desk, crew pages and APIs, e.g. `sailjada.com`. */
  host: string;
  sender: { name: string; address: string };
  /** IANA zone in which the operator reads days that belong to no vessel. */
  zone: string;
};

export function fleet(parts: Pick<Fleet, 'house' | 'brands' | 'vessels' | 'people'>): Fleet {
  const by = <T extends { id: string }>(items: readonly T[]) => new Map(items.map(item => [item.id, item]));
  const brands = by(parts.brands);
  const vessels = by(parts.vessels);
  const people = by(parts.people);
  return {
    ...parts,
    brand: id => brands.get(id) ?? null,
    vessel: id => vessels.get(id) ?? null,
    person: id => people.get(id) ?? null,
  };
}

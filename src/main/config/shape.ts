import * as z from 'zod';
import { isZone } from '#lib/zoned.ts';
import { aws } from './aws.ts';
import { calendarServer } from './calendars.ts';
import { credentials, documents, offerFields } from './crew.ts';
import { host, id, secretFrom } from './parts.ts';
import { inbound, source } from './source.ts';
import { endpoint } from './webhooks.ts';

const zone = z.string().refine(isZone, 'an IANA time zone such as America/Los_Angeles');
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #0b5f7a');
const day = z.iso.date();
const amount = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'an amount such as 150.00, in quotes');
const address = z.strictObject({
  name: z.string().min(1).max(100).describe('Name in the From line.'),
  address: z.email().describe('Address in the From line; crew answer to it.'),
});

const layout = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('beside') }),
  z.strictObject({ kind: z.literal('folder') }),
  z.strictObject({
    kind: z.literal('root'),
    prefix: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
      .describe('What the name of every page begins with.'),
  }),
]);

const brand = z.strictObject({
  id: id.describe('Lower-case word; locally the brand answers at http://{id}.localhost:{port}.'),
  name: z.string().min(1).describe('As guests know it.'),
  host: host.describe('The public host of its guest pages.'),
  layout: layout.describe(
    'Where a guest page is kept: beside = g/S.html, folder = guests/S/index.html, root = {prefix}-S.html.',
  ),
  bucket: z.string().min(3).describe('Bucket of the AWS edition. Two brands never share one.'),
  theme: z.strictObject({
    accent: colour.describe('Colour of links and buttons on the guest page, such as #0b5f7a.'),
    ink: colour.describe('Colour of its text.'),
  }),
  sender: address.describe('Who letters to guests come from.'),
  contact: z.strictObject({
    phone: z.string().nullable().describe('Whom guests call; null for nobody.'),
    email: z.email().describe('On the guest page, and where the answers of guests go.'),
  }),
  locale: z
    .string()
    .default('en-US')
    .describe(
      'BCP 47 language tag: how dates are written, and whether guests get letters in English, Spanish (es) or German (de).',
    ),
});

const vessel = z.strictObject({
  id: id.describe('Lower-case word by which bookings, scripts and commands name her. It stays for good.'),
  name: z.string().min(1).describe('As people know her.'),
  brand: id.describe('Id of the brand whose guests sail on her.'),
  zone: zone.describe('IANA zone of the berth; every date of her trips is said in it.'),
  berth: z.strictObject({
    name: z.string().min(1).describe('Dock and slip.'),
    address: z.string().min(1).describe('Postal address, for maps and invitations.'),
    latitude: z.number().min(-90).max(90).describe('Degrees, north positive.'),
    longitude: z.number().min(-180).max(180).describe('Degrees, east positive.'),
    directions: z.string().describe('How to find her on foot, for guests and crew.'),
  }),
  weather: z
    .url()
    .optional()
    .describe('Where others say what the weather will be at the berth; linked on the guest page.'),
  tides: z.url().optional().describe('The same for the tides.'),
  charterMode: z
    .enum(['time', 'bareboat', 'inspected'])
    .describe(
      'time: you sell passage, at most six passengers; bareboat: the renter picks the captain; inspected: up to the certificate.',
    ),
  capacity: z
    .int()
    .min(1)
    .max(500)
    .describe('Passengers at most; for inspected vessels the limit of the certificate.'),
  callMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(60)
    .describe('Minutes before the start at which crew are due on board.'),
  crew: z
    .array(
      z.strictObject({
        person: id.describe('Id of a person who has this role.'),
        role: z.enum(['captain', 'crew']).describe('What they are on board.'),
      }),
    )
    .default([])
    .describe('Her usual crew: asked for every booking until somebody chooses another.'),
  ...offerFields,
  documents,
  bring: z.array(z.string().min(1)).default([]).describe('What guests should bring, one line each.'),
});

const person = z.strictObject({
  id: id.describe('Lower-case word by which scripts and commands name them. It stays for good.'),
  firstName: z.string().min(1).describe('All that guests see of their name.'),
  name: z.string().min(1).describe('In full, for colleagues.'),
  email: z.email().describe('Where their letters go; owners and operators sign in with it.'),
  phone: z.string().nullable().default(null).describe('For colleagues.'),
  roles: z
    .array(z.enum(['captain', 'crew', 'operator', 'owner']))
    .min(1)
    .describe('captain and crew sail; operator runs the desk without the books; owner sees everything.'),
  credentials,
});

const payer = z
  .enum(['owner', 'marketplace'])
  .default('owner')
  .describe('Who lets go of the cash: the owner, or the marketplace before it pays out.');

const fee = z.strictObject({
  from: day.describe('First day of trips it applies to.'),
  to: day.optional().describe('Last day.'),
  source: id.optional().describe('Only bookings of this source.'),
  vessel: id.optional().describe('Only this vessel.'),
  label: z.string().min(1).describe('What the line is called in the ledger.'),
  percent: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/)
    .optional()
    .describe('Share of the gross, e.g. "18".'),
  fixed: amount.optional().describe('So much for each trip. Exactly one of percent, fixed and perHour.'),
  perHour: amount.optional().describe('So much for each hour of the trip.'),
  paidBy: payer,
});

const pay = z.strictObject({
  from: day.describe('First day of trips it applies to.'),
  to: day.optional().describe('Last day.'),
  person: id.describe('Whose pay it is.'),
  perTrip: amount.optional().describe('So much for each trip, in quotes: "150.00".'),
  perHour: amount.optional().describe('So much for each hour of the trip.'),
  paidBy: payer,
});

const mail = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('outbox') }),
  z.strictObject({
    kind: z.literal('smtp'),
    host: z.string().min(1).describe('Host of the mail server.'),
    port: z.int().min(1).max(65535).default(587).describe('587 for STARTTLS, 465 for implicit TLS.'),
    tls: z
      .enum(['required', 'implicit', 'none'])
      .default('required')
      .describe(
        'required = STARTTLS or nothing is sent; implicit = TLS from the first byte; none = in the clear, for a server on this machine.',
      ),
    user: z.string().optional().describe('Name at the mail server, where it asks for one.'),
    password: secretFrom.optional().describe('Its password.'),
    connections: z.int().min(1).max(20).default(4).describe('Connections at most at a time.'),
  }),
]);

export const configShape = z.strictObject({
  house: z.strictObject({
    name: z.string().min(1).describe('Name of the operation, as crew and staff know it.'),
    host: host.describe('Host of the desk, the crew pages and the APIs.'),
    sender: address.describe('Who letters to crew and staff come from.'),
    zone: zone.describe('Zone in which days that belong to no vessel are read.'),
  }),
  server: z
    .strictObject({
      port: z.int().min(0).max(65535).default(8787).describe('TCP port; 0 picks a free one.'),
      listen: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
      url: z
        .url()
        .optional()
        .describe(
          'Address people reach the house under, e.g. https://sailjada.com. Default: http://localhost:{port}.',
        ),
      brandUrls: z
        .record(id, z.url())
        .default({})
        .describe(
          'Address of a brand where it is not https://{host}; without server.url it is http://{id}.localhost:{port}.',
        ),
      trustedProxies: z
        .array(z.string())
        .default([])
        .describe(
          'Addresses of proxies such as 127.0.0.1. Behind one of them the caller is the last entry of X-Forwarded-For; else everybody behind it counts as one.',
        ),
    })
    .prefault({}),
  brands: z.array(brand).min(1),
  vessels: z.array(vessel).min(1),
  people: z.array(person).min(1),
  sources: z.array(source).default([]),
  webhooks: z.array(endpoint).default([]),
  calendarServers: z.array(calendarServer).default([]),
  inbound: inbound.prefault({}).describe('Ways in for mails besides HTTP.'),
  money: z
    .strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .default('USD')
        .describe('Of the books, ISO 4217.'),
      fees: z.array(fee).default([]).describe('What comes off the gross of a trip.'),
      pay: z.array(pay).default([]).describe('What captain and crew earn by a trip.'),
    })
    .prefault({}),
  mail: mail
    .prefault({ kind: 'outbox' })
    .describe('outbox = letters go to a folder with a web mailbox and to nobody else; smtp = they are sent.'),
  access: z
    .strictObject({
      linkKey: secretFrom
        .prefault({ env: 'GANGWAY_LINK_KEY' })
        .describe('Makes the secret links; changing it ends them all.'),
      serviceKeyHash: secretFrom
        .prefault({ env: 'SERVICE_KEY_HASH' })
        .describe(
          'SHA-256 (hex) of the key scripts send as X-Service-Key; two, separated by a comma, while you rotate; bcrypt hashes are understood.',
        ),
      dashboardTokenHash: secretFrom
        .prefault({ env: 'DASHBOARD_TOKEN_HASH' })
        .describe('SHA-256 (hex) of the token scripts send as X-Dashboard-Token.'),
    })
    .prefault({}),
  aws: aws.prefault({}),
  photos: z
    .strictObject({
      perPage: z.int().min(1).max(1000).default(200).describe('Photos of one trip at most.'),
      megabytesPerPhoto: z.int().min(1).max(100).default(30).describe('Size of a photo at most.'),
      megabytesPerPage: z
        .int()
        .min(1)
        .max(100_000)
        .default(2000)
        .describe('Size of all photos of one trip together at most.'),
    })
    .prefault({}),
  retention: z
    .strictObject({
      uploadDaysBefore: z
        .int()
        .min(0)
        .max(60)
        .default(7)
        .describe('Days before the trip from which photos belong on the guest page.'),
      uploadDaysAfter: z.int().min(0).max(365).default(30).describe('Days after it until which they do.'),
      purgeAfterDays: z
        .int()
        .min(1)
        .max(3650)
        .default(365)
        .describe(
          'Days after the trip until the guest is erased: the page and its link, name and addresses, letters, messages. Amounts stay.',
        ),
    })
    .prefault({}),
});

/** What a person writes in `gangway.config.ts`. */
export type ConfigInput = z.input<typeof configShape>;
/** The same after defaults. */
export type ConfigShape = z.output<typeof configShape>;

/** What a function may have to do with amounts. `never`: its role is denied the money's partitions and it may ask nobody. */
export type MoneyAccess = 'reads and writes' | 'asks whether it leaks' | 'never';

/** What stands outside the table. Pages: one bucket per brand. Mails: where SES lays down what comes in. */
export type Place = 'pages' | 'photo originals' | 'photo renditions' | 'mails';

/**
 * What wakes a function. A `path` is one of an HTTP route: `*` in the middle is one segment, at the end whatever remains.
 * Functions that are invoked get ids only, never a person or an amount; `leaks` gets the text it is asked about.
 */
export type Trigger =
  | { readonly on: 'http'; readonly face: 'house' | 'brand'; readonly paths: readonly string[] }
  | { readonly on: 'mail received' }
  | { readonly on: 'mail event' }
  | { readonly on: 'photo received' }
  | { readonly on: 'minute' }
  | { readonly on: 'workflow'; readonly workflow: `${string}@${number}` }
  | { readonly on: 'invoked'; readonly wait: 'for the answer' | 'for nothing' };

export type LambdaFunction = {
  readonly name: FunctionName;
  readonly does: string;
  /** The module that exports `handler`. */
  readonly entry: `src/main/lambda/${string}.ts`;
  readonly triggers: readonly Trigger[];
  readonly money: MoneyAccess;
  readonly reaches: readonly Place[];
  readonly sendsMail: boolean;
  /** Those it may invoke; a durable one by its alias and under the name of an execution. */
  readonly invokes: readonly FunctionName[];
  /** MB. */
  readonly memory: number;
  /** Seconds of one invocation. */
  readonly timeout: number;
};

export const functionNames = [
  'house',
  'intake',
  'crew',
  'guest',
  'fulfil',
  'books',
  'open-books',
  'leaks',
  'tick',
  'tick-books',
  'mail-in',
  'mail-events',
  'photos',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** How long an execution of a workflow may take in all, and how long AWS keeps its history. */
export const durableConfig = { executionTimeout: { days: 1 }, retention: { days: 14 } } as const;

/** Every function of the AWS edition. The stack is made from this list, and so are the roles. */
export const functions: readonly LambdaFunction[] = [
  {
    name: 'house',
    does: 'The desk of owner and operator, health, documents. Answers whatever no other function is for.',
    entry: 'src/main/lambda/house.ts',
    triggers: [
      {
        on: 'http',
        face: 'house',
        paths: [
          '/',
          '/ui/*',
          '/desk',
          '/desk/*',
          '/docs',
          '/docs/*',
          '/openapi.json',
          '/healthz',
          '/healthz/*',
          '/readyz',
          '/metrics',
        ],
      },
    ],
    money: 'reads and writes',
    reaches: ['pages', 'photo originals', 'photo renditions'],
    sendsMail: true,
    invokes: ['fulfil', 'books'],
    memory: 1024,
    timeout: 29,
  },
  {
    name: 'intake',
    does: 'Takes webhooks and mails over HTTP into the inbox; invoked, reads a delivery into a booking and the books.',
    entry: 'src/main/lambda/intake.ts',
    triggers: [
      { on: 'http', face: 'house', paths: ['/webhooks/*', '/inbound/mail/*'] },
      { on: 'invoked', wait: 'for nothing' },
    ],
    money: 'reads and writes',
    reaches: ['mails'],
    sendsMail: false,
    invokes: ['intake', 'fulfil', 'books'],
    memory: 1024,
    timeout: 29,
  },
  {
    name: 'crew',
    does: 'Crew pages, the event API, the calendar API and the calendar feeds.',
    entry: 'src/main/lambda/crew.ts',
    triggers: [
      {
        on: 'http',
        face: 'house',
        paths: [
          '/c',
          '/c/*',
          '/events',
          '/events/*',
          '/api/events',
          '/api/events/*',
          '/calendar',
          '/calendar/*',
          '/api/calendar',
          '/api/calendar/*',
          '/feeds/*',
        ],
      },
    ],
    money: 'asks whether it leaks',
    reaches: ['photo originals'],
    sendsMail: true,
    invokes: ['fulfil', 'open-books', 'leaks'],
    memory: 1024,
    timeout: 29,
  },
  {
    name: 'guest',
    does: 'What a guest page asks for beside itself: leave to send photos, photos, wishes for letters.',
    entry: 'src/main/lambda/guest.ts',
    triggers: [
      {
        on: 'http',
        face: 'brand',
        paths: [
          '/g/*/uploads',
          '/g/*/uploads/*',
          '/g/*/photos.zip',
          '/g/*/photos/*',
          '/g/*/letters',
          '/g/*/photos/removal',
        ],
      },
    ],
    money: 'never',
    reaches: ['photo originals', 'photo renditions'],
    sendsMail: false,
    invokes: ['fulfil', 'open-books'],
    memory: 512,
    timeout: 29,
  },
  {
    name: 'fulfil',
    does: 'Makes everything crew and guests see about a booking true.',
    entry: 'src/main/lambda/fulfil.ts',
    triggers: [{ on: 'workflow', workflow: 'fulfil-booking@1' }],
    money: 'asks whether it leaks',
    reaches: ['pages'],
    sendsMail: true,
    invokes: ['open-books', 'leaks'],
    memory: 1024,
    timeout: 120,
  },
  {
    name: 'books',
    does: 'Draws up the ledger of a booking and writes to owner and captain.',
    entry: 'src/main/lambda/books.ts',
    triggers: [{ on: 'workflow', workflow: 'keep-books@1' }],
    money: 'reads and writes',
    reaches: [],
    sendsMail: true,
    invokes: [],
    memory: 1024,
    timeout: 120,
  },
  {
    name: 'open-books',
    does: 'Told the id of a booking whose crew is settled, starts its books. The one way over the money fence.',
    entry: 'src/main/lambda/open-books.ts',
    triggers: [{ on: 'invoked', wait: 'for nothing' }],
    money: 'reads and writes',
    reaches: [],
    sendsMail: false,
    invokes: ['books'],
    memory: 512,
    timeout: 30,
  },
  {
    name: 'leaks',
    does: 'Says yes or no to whether a text has an amount in it that belongs to a booking, so that others need none.',
    entry: 'src/main/lambda/leaks.ts',
    triggers: [{ on: 'invoked', wait: 'for the answer' }],
    money: 'reads and writes',
    reaches: [],
    sendsMail: false,
    invokes: [],
    memory: 512,
    timeout: 10,
  },
  {
    name: 'tick',
    does: 'Each minute, what is due for crew and guests: reminders, retries, letters, photos that got stuck.',
    entry: 'src/main/lambda/tick.ts',
    triggers: [{ on: 'minute' }],
    money: 'asks whether it leaks',
    reaches: ['pages', 'photo originals', 'photo renditions'],
    sendsMail: true,
    invokes: ['fulfil', 'open-books', 'leaks'],
    memory: 1024,
    timeout: 300,
  },
  {
    name: 'tick-books',
    does: 'Each minute, what is due where amounts may lie: unread deliveries, the books, the owner’s letters, announcements, erasing.',
    entry: 'src/main/lambda/tick-books.ts',
    triggers: [{ on: 'minute' }],
    money: 'reads and writes',
    reaches: ['pages', 'photo originals', 'photo renditions', 'mails'],
    sendsMail: true,
    invokes: ['fulfil', 'books'],
    memory: 1024,
    timeout: 300,
  },
  {
    name: 'mail-in',
    does: 'Takes a mail that SES laid down in the bucket of mails into the inbox and reads it.',
    entry: 'src/main/lambda/mail-in.ts',
    triggers: [{ on: 'mail received' }],
    money: 'reads and writes',
    reaches: ['mails'],
    sendsMail: false,
    invokes: ['fulfil', 'books'],
    memory: 1024,
    timeout: 60,
  },
  {
    name: 'mail-events',
    does: 'Notes what became of a letter: bounced, complained about, on either side of the fence.',
    entry: 'src/main/lambda/mail-events.ts',
    triggers: [{ on: 'mail event' }],
    money: 'reads and writes',
    reaches: [],
    sendsMail: false,
    invokes: [],
    memory: 512,
    timeout: 30,
  },
  {
    name: 'photos',
    does: 'Develops a photo that was sent to the bucket of originals.',
    entry: 'src/main/lambda/photos.ts',
    triggers: [{ on: 'photo received' }],
    money: 'never',
    reaches: ['photo originals', 'photo renditions'],
    sendsMail: false,
    invokes: ['fulfil', 'open-books'],
    memory: 2048,
    timeout: 120,
  },
];

/** Which function answers what no path above is for: it has the page that says so. */
export const answersTheRest = { house: 'house', brand: null } as const;

/** Routes of the embedded edition that no function answers, and why. */
export const notOnLambda: Readonly<Record<'house' | 'brand', Readonly<Record<string, string>>>> = {
  house: {
    '/mailbox': 'there is no folder of letters; SES sends them',
    '/mailbox/*': 'there is no folder of letters; SES sends them',
    '/api/operations/*': 'for the command line of the same machine',
  },
  brand: {
    '/*': 'pages come from the bucket of the brand, through CloudFront',
    '/g/worker.js': 'lies in the bucket of the brand beside the pages',
  },
};

/** Whether a route, as it is mounted (`/desk/bookings/:id`), is one of `path`. */
export function isPathOf(path: string, route: string): boolean {
  const [wanted, had] = [path.split('/'), route.split('/')];
  const isOpen = wanted.at(-1) === '*';
  if (isOpen ? had.length < wanted.length : had.length !== wanted.length) return false;
  return wanted.every((part, index) => part === '*' || part === had[index]);
}

/** The function that answers a route, null for one of `notOnLambda`. Throws for one that nobody or more than one is for. */
export function answering(face: 'house' | 'brand', route: string): LambdaFunction | null {
  const found = functions.filter(({ triggers }) =>
    triggers.some(on => on.on === 'http' && on.face === face && on.paths.some(path => isPathOf(path, route))),
  );
  const isLeftOut = Object.keys(notOnLambda[face]).some(path => path === route || isPathOf(path, route));
  if (found.length > 1)
    throw new Error(`${route} is answered by ${found.map(({ name }) => name).join(' and ')}`);
  if (found[0]) return found[0];
  if (isLeftOut) return null;
  throw new Error(`no function answers ${route}`);
}

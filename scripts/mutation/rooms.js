import { globSync } from 'node:fs';

// What is mutated, and the tests that must notice: a room is tested by its own tests, not by the stories that happen to pass through.
const tested = room => [`src/${room}/**/*.test.{ts,tsx}`];

const mailsRead = [
  'authentication-results',
  'date-pattern',
  'form',
  'forwarded',
  'forwarded-date',
  'mail-statement',
  'open-mail.postal-mime',
  'opened-mail',
  'read-rows',
  'rows',
  'rows.node-html-parser',
  'template',
  'vouch',
];
const readsMails = `{${mailsRead.join(',')}}`;

export const rooms = {
  lib: { mutate: ['src/lib/**/*.ts'], tests: tested('lib') },
  money: { mutate: ['src/finances/**/*.{ts,tsx}'], tests: tested('finances') },
  access: { mutate: ['src/access/**/*.{ts,tsx}'], tests: tested('access') },
  intake: { mutate: ['src/intake/!(mapping|booking-payload).ts'], tests: tested('intake') },
  // Nothing but constants, made before any test begins: each change is asked of all tests of these two files, which are quick.
  'intake-shapes': {
    mutate: ['src/intake/{mapping,booking-payload}.ts'],
    tests: ['src/intake/{mapping,booking-payload}.test.ts'],
    withConstants: true,
  },
  'intake-feeds': { mutate: ['src/intake/feeds-in/*.ts'], tests: tested('intake/feeds-in') },
  // What single texts say is asked of their own tests, which are quick; those that bring whole mails in sign each of them first.
  'intake-mail': {
    mutate: [`src/intake/mail/${readsMails}.ts`],
    tests: [`src/intake/mail/${readsMails}.test.ts`],
  },
  // What speaks to mail servers is tested in stories, against such servers; a thread takes seconds to be given up.
  'intake-mail-taken': {
    mutate: [
      `src/intake/mail/!(${[...mailsRead, 'listen.smtp', 'mailbox.imapflow', 'imap-client.imapflow', 'mail-reader.thread'].join('|')}).ts`,
    ],
    tests: ['src/intake/mail/!(mail-reader).test.ts'],
  },
  // Anybody's mail, a hundred and fifty times, would take longer than all else together.
  'intake-redact': { mutate: ['src/intake/redact/*.ts'], tests: ['src/intake/redact/!(anybody).test.ts'] },
  'intake-vendors': { mutate: ['src/intake/vendors/*.ts'], tests: tested('intake') },
  // A thousand executions side by side, and AWS's own runner telling every scenario first, would take longer than all else together.
  engine: { mutate: ['src/durable/**/*.ts'], tests: ['src/durable/!(many|conformance).test.ts'] },
  publish: {
    mutate: [
      'src/guest-page/{page-host.disk,page-routing,edge-function.vm,slug,stray-pages,purge-page}.ts',
      'src/guest-page/{guest-page-surface,page-store.sqlite,phase}.ts',
    ],
    tests: tested('guest-page'),
  },
};

/** Tests and what they are made of are not mutated. */
const notMutated = [
  'src/**/*.{test,test-d,contract,fixture,testing}.{ts,tsx}',
  'src/durable/scenarios.ts',
  'src/durable/engine-world.ts',
  // Their tests need DynamoDB Local or a Lambda, which would start for every change anew: test/aws holds them to the same contracts.
  'src/**/*.{dynamodb,lambda}.ts',
  // Runs in a thread, which is not told of the change.
  'src/**/*-worker.thread.ts',
];

export const filesOf = (root, room) =>
  globSync(rooms[room].mutate, { cwd: root, exclude: notMutated }).sort();

// How many mails of a marketplace one core reads: opened, read by its template, signature and DMARC checked against DNS at hand.

import { builtInTemplates } from '../../src/intake/mail/built-in.ts';
import { dnsOf, sampleMail, signedBy } from '../../src/intake/mail/mail.fixture.ts';
import { mailTools } from '../../src/intake/mail/mail-tools.ts';
import { perSecond } from '../figures.js';

export async function mails({ row }, { count }) {
  const tools = mailTools(dnsOf(['boatsetter.com']));
  const how = { templates: builtInTemplates('boatsetter'), domains: ['boatsetter.com'], zone: 'UTC' };
  const signed = [];
  for (let n = 0; n < count; n++)
    signed.push(await signedBy('boatsetter.com', sampleMail('boatsetter-new', { xhqgmdh: `bench${n}` })));
  const one = async mail => {
    const seen = await tools.look(mail, how);
    const { dmarc } = await tools.verify(mail);
    if ('problems' in seen || seen.reading.problems.length > 0 || dmarc !== 'pass')
      throw new Error('not read');
  };
  // The first loads what checks signatures.
  await one(signed[0]);
  const before = process.cpuUsage();
  for (const mail of signed) await one(mail);
  const { user, system } = process.cpuUsage(before);
  row('mails read and checked, on one core', perSecond(count / ((user + system) / 1e6)), 'goal 50 /s');
}

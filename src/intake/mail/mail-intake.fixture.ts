import { testFleet } from '#booking/booking.fixture.ts';
import { explainDelivery, explainFile } from '#intake/explain.ts';
import type { Delivery, Via } from '#intake/inbox.ts';
import { testIntake } from '#intake/intake.fixture.ts';
import { dnsOf, mailSourceOf, sampleMail, signedBy } from './mail.fixture.ts';
import { mailTools } from './mail-tools.ts';
import { keepMail } from './receive-mail.ts';
import { type MailTools, takeMails } from './take-mail.ts';
import type { MailTrust } from './vouch.ts';

/** Intake of mails whose DNS knows the marketplaces and one impostor. `look` reads them elsewhere than here. */
export function mailIntake(trust: Partial<MailTrust> = {}, look?: MailTools['look']) {
  const here = mailTools(dnsOf(['boatsetter.com', 'getmyboat.com', 'impostor.example']));
  const tools = look ? { ...here, look } : here;
  const sourcesNow = [mailSourceOf('boatsetter', trust), mailSourceOf('getmyboat', trust)];
  const world = testIntake({ sourcesNow });
  world.room.mail = takeMails(tools, world.inbox);
  world.clock.set('2027-06-15T00:00:00Z');
  world.clock.set('2027-04-12T18:30:00Z');
  const bring = async (body: Uint8Array, from = 'boatsetter', via: Via = 'signed') => {
    const { delivery } = await keepMail(world.inbox, { source: from, via, body });
    const after = await world.intake.process(delivery.id);
    if (!after) throw new Error('the delivery is lost');
    return after;
  };
  const sample = async (name: string, changes: Record<string, string> = {}) =>
    bring(await signedBy(`${name.split('-')[0]}.com`, sampleMail(name, changes)), name.split('-')[0]);
  const account = (delivery: Delivery) =>
    explainDelivery({ ...world.room, tools, fleet: testFleet, clock: world.clock }, delivery);
  const explain = (body: Uint8Array) =>
    explainFile(
      { ...world.room, tools, fleet: testFleet, clock: world.clock },
      { source: 'boatsetter', body, by: 'ana' },
    );
  return { ...world, bring, sample, account, explain };
}

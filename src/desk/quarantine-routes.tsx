import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Problem } from '#booking/problem.ts';
import type { Delivery, DeliveryId } from '#intake/inbox.ts';
import { driftOf } from '#intake/mail/drift.ts';
import type { MailAccount } from '#intake/mail/mail-account.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps, OwnerDesk } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { readPosted, seeOther } from './form.ts';
import { bookingsOf, quarantined } from './held.ts';
import { correctionFrom, type MeantFields, meantBefore, meantPosted } from './meant-form.tsx';
import { asOwner } from './owner.ts';
import { DeliveryPage, QuarantinePage } from './quarantine-page.tsx';

/** Messages that wait for a person. The message itself is shown to owners only: it may hold amounts and private words. */
export function quarantineRoutes(deps: DeskDeps): Hono {
  const app = new Hono();

  app.get(paths.deskQuarantine, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const held = await quarantined(deps);
    return answer(c, deps, session, {
      section: 'quarantine',
      title: 'Quarantine',
      about: bookingsOf(held),
      content: (
        <QuarantinePage
          fleet={deps.fleet}
          held={held}
          drift={driftOf(held)}
          notice={c.req.query('notice') ?? ''}
        />
      ),
    });
  });

  /** What was typed the last time, or what was understood. */
  const before = async (delivery: Delivery, account: MailAccount | null) =>
    meantBefore(delivery.correction ?? account?.meant ?? (await deps.meant(delivery)));

  const deliveryPage = async (
    c: Context,
    session: StaffSession,
    delivery: Delivery,
    wrong: { reason?: boolean; meant?: { fields: MeantFields; problems: readonly Problem[] } } = {},
  ) => {
    const owner = asOwner(deps, session);
    const account = await deps.account(delivery);
    return answer(c, deps, session, {
      section: 'quarantine',
      title: `Message from ${delivery.source}`,
      about: bookingsOf([delivery]),
      audience: owner ? 'owner' : 'operator',
      status: wrong.reason || wrong.meant ? 422 : 200,
      content: (
        <DeliveryPage
          fleet={deps.fleet}
          delivery={delivery}
          formToken={formToken(session)}
          raw={owner ? await rawOf(owner, delivery.id) : null}
          isOwner={owner !== null}
          notice={c.req.query('notice') ?? ''}
          reasonWrong={wrong.reason ?? false}
          account={account}
          meant={wrong.meant ?? { fields: await before(delivery, account), problems: [] }}
        />
      ),
    });
  };

  app.get(paths.deskDelivery(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    return deliveryPage(c, session, await deliveryAt(deps, c.req.param('id')));
  });

  const readAgain = (c: Context, id: DeliveryId, after: Delivery | null) => {
    const isRecorded = after?.state === 'recorded';
    const notice = isRecorded ? 'rerun-recorded' : after?.state === 'pending' ? 'rerun-waits' : 'rerun-held';
    const booking = isRecorded ? after.outcome?.booking : null;
    return seeOther(c, booking ? paths.deskBooking(booking) : paths.deskDelivery(id), { notice });
  };

  app.post(paths.deskRerun(':id'), async c => {
    const { session } = await readPosted(c, deps);
    const { id } = await deliveryAt(deps, c.req.param('id'));
    return readAgain(c, id, await deps.verbs.rerun(id, session.person));
  });

  app.post(paths.deskMeant(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const delivery = await deliveryAt(deps, c.req.param('id'));
    const fields = meantPosted(field);
    const typed = correctionFrom(fields, deps.fleet);
    if ('problems' in typed) {
      return deliveryPage(c, session, delivery, { meant: { fields, problems: typed.problems } });
    }
    const after = await deps.verbs.correctDelivery(delivery.id, typed.correction, session.person);
    return readAgain(c, delivery.id, after);
  });

  app.post(paths.deskDiscard(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const delivery = await deliveryAt(deps, c.req.param('id'));
    const reason = field('reason').slice(0, 300);
    if (reason === '') return deliveryPage(c, session, delivery, { reason: true });
    await deps.inbox.discard(delivery.id, session.person, reason);
    return seeOther(c, paths.deskQuarantine, { notice: 'discarded' });
  });

  return app;
}

async function deliveryAt(deps: DeskDeps, id: string | undefined): Promise<Delivery> {
  const delivery = id === undefined ? null : await deps.inbox.find(id as DeliveryId);
  if (delivery) return delivery;
  throw new Refusal('delivery-unknown', 'There is no such message.', 'Look for it in the quarantine.');
}

/** As text: bytes that are no UTF-8 show as replacement signs. JSON is laid out for reading. */
async function rawOf(owner: OwnerDesk, id: DeliveryId): Promise<string | null> {
  const body = await owner.inbox.body(id);
  if (body === null) return null;
  const text = new TextDecoder().decode(body);
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

import { doubleStarts } from './disk/double-starts.ts';
import { kills } from './disk/kills.ts';
import { powerMutants } from './disk/mutants.ts';
import { powerLoss } from './disk/power.ts';
import { counterPairs } from './fence/counter-pairs.ts';
import { moneyLeaks } from './fence/leaks.ts';
import { moneyPairs } from './fence/pairs.ts';
import { flips } from './flips.ts';
import { icalCorpora } from './intake/ical-corpora.ts';
import { mutatedFeeds } from './intake/mutated-feeds.ts';
import { mutatedMails } from './intake/mutated-mails.ts';
import { noStalls } from './intake/no-stalls.ts';
import { spoofedMails } from './intake/spoofed-mails.ts';
import { strangeHosts } from './intake/strange-hosts.ts';
import { letters } from './mail/letters.ts';
import { faultyPublishes } from './pages/faulty-publishes.ts';
import { fiftyPhotos } from './photos/fifty-photos.ts';
import { hostilePhotos } from './photos/photos.ts';
import type { Proof } from './prove.ts';
import { restores } from './restores.ts';
import { atTheDoor } from './security/at-the-door.ts';
import { forgeries } from './security/forgery.ts';
import { hostileCells, hostileMail } from './security/hostile-mail.ts';
import { replays } from './security/replays.ts';
import { revocations } from './security/revocations.ts';
import { strangeAddresses } from './security/strange-addresses.ts';
import { tenants } from './security/tenants.ts';
import { timing } from './security/timing.ts';
import { counterHistories } from './sim/counter-histories.ts';
import { everyOrder, everyOrderCut, everyOrderWhole } from './sim/every-order.ts';
import { planted } from './sim/faults-noticed.ts';
import { histories } from './sim/histories.ts';
import { faultyTable } from './table/faulty-table.ts';

/** Every proof there is, in the order in which they run. */
export const proofs: readonly Proof[] = [
  histories,
  counterHistories,
  everyOrder,
  everyOrderCut,
  everyOrderWhole,
  planted,
  forgeries,
  atTheDoor,
  replays,
  revocations,
  timing,
  tenants,
  hostileMail,
  hostileCells,
  strangeAddresses,
  strangeHosts,
  spoofedMails,
  mutatedMails,
  mutatedFeeds,
  noStalls,
  icalCorpora,
  fiftyPhotos,
  kills,
  powerLoss,
  powerMutants,
  restores,
  letters,
  moneyPairs,
  counterPairs,
  moneyLeaks,
  flips,
  doubleStarts,
  hostilePhotos,
  faultyTable,
  faultyPublishes,
];

/**
 * How many cases `.ci/run` tells of those whose gate would keep everybody waiting, or that have to be told whole. Of any
 * other it tells a tenth of the gate. What is told at the counter it tells beside the tests.
 */
const inCi: Readonly<Record<string, number>> = {
  'counter-histories': 25_000,
  orders: everyOrder.gate,
  'planted-faults': planted.gate,
  histories: 400,
  'orders-cut': 1_554,
  'orders-whole': 258,
  tenants: tenants.gate,
  kills: 4,
  'fifty-photos': 4,
  'power-loss': powerLoss.gate,
  'power-loss-mutants': powerMutants.gate,
  'money-pairs': 384,
  'counter-pairs': 480,
};

export const ciCount = ({ name, gate }: Proof): number => inCi[name] ?? Math.ceil(gate / 10);

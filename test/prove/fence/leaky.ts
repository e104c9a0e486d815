// A copy of the program with a leak planted in it, playing pairs until one differs. Prints what it saw as JSON.
import './leaks/closed.ts';

import { inTurns } from '../sim/turns.ts';
import { playCounterPairs } from './counter-pairs.ts';
import { open } from './leaks/leak.ts';
import { playPairs } from './pairs.ts';
import { disks } from './world.ts';

const [from = '1', to = '1', where] = process.argv.slice(2);
const on = disks();
open(on);
const playing = where === 'counter' ? playCounterPairs : playPairs;
const proven = await inTurns(() => playing(Number(from), Number(to), { on, enough: 1 }));
process.stdout.write(JSON.stringify(proven), () => process.exit(0));

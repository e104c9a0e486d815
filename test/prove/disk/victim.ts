// A process that is there to be killed: the production wiring on the folder it is given, playing the script once; with
// `--start-only` not even that.
import { takeDataFolder } from '#main/embedded/data-folder.ts';
import { openHouse } from '../house.ts';
import { play, say } from './script.ts';

const [folder = '.'] = process.argv.slice(2);
const data = takeDataFolder(folder);
const house = await openHouse({ folder, seed: 'victim' });
say('UP');
if (!process.argv.includes('--start-only')) await play(house, id => say(`ACK ${id}`));
await house.app.close();
data.release();
say('DONE');
process.exit(0);

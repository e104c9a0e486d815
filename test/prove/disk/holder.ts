// A process that takes a data folder and lets it go again, as it is told line by line: `take`, `let go`. Says what came of it.
import { createInterface } from 'node:readline';
import { Refusal } from '#lib/refusal.ts';
import { type DataFolder, takeDataFolder } from '#main/embedded/data-folder.ts';

const [folder = '.'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
let held: DataFolder | null = null;

const orders: Readonly<Record<string, () => string>> = {
  take() {
    try {
      held = takeDataFolder(folder);
      return 'took';
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error);
    }
  },
  'let go'() {
    held?.release();
    held = null;
    return 'free';
  },
};

say('here');
for await (const line of createInterface({ input: process.stdin })) say(orders[line]?.() ?? 'what?');

import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { builtInTemplates } from '#intake/mail/built-in.ts';
import { mailSenders } from '#intake/mail/senders.ts';
import { newSecret, systemRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { loadShape } from '../config/config.ts';
import { output } from '../output.ts';
import { configIsThere } from '../reach.ts';
import { readMessage } from './intake.ts';

type Options = { out?: string; name: string[]; config: string; json?: boolean };

export function redactCommand(program: Command): void {
  program
    .command('redact <file>')
    .description(
      'turn a real mail (.eml, - for standard input) into a fixture with invented people and the same structure',
    )
    .option('--out <file>', 'where to write it, a file that is not there yet (default: standard output)')
    .option(
      '--name <name>',
      'somebody who is in it, again for each',
      (name: string, all: string[]) => [...all, name],
      [],
    )
    .option('--config <file>', 'configuration with templates and vessels of yours', 'gangway.config.ts')
    .option('--json', 'answer with one JSON value')
    .action(async (file: string, options: Options) => {
      const out = output(options.json ?? false);
      const { templates, vessels } = await ours(options.config);
      const { redact } = await import('#intake/redact/redact.ts');
      const { mail, template } = await redact(readMessage(file), {
        templates,
        vessels,
        names: options.name,
        seed: newSecret(systemRandom, 'redaction'),
      });
      if (options.out) write(options.out, mail);
      const parses = template
        ? `The template “${template}” reads it as it read the mail.`
        : 'No template reads it.';
      out.remark(`${parses} Look through it before you give it away: nobody knows your guests as you do.`);
      const text = Buffer.from(mail).toString('utf8');
      out.answer({ template, file: options.out ?? null, ...(options.out ? {} : { mail: text }) }, () =>
        options.out ? `Written: ${options.out}` : text,
      );
    });
}

/** Templates and words for vessels: those that come along, and the operator's own where there is a configuration. */
async function ours(config: string) {
  const known = mailSenders.flatMap(builtInTemplates);
  if (!configIsThere(config)) return { templates: known, vessels: [] };
  const { sources, vessels } = await loadShape(config);
  const own = sources.flatMap(({ mail }) => mail?.templates.filter(one => typeof one !== 'string') ?? []);
  return {
    templates: [...own, ...known],
    vessels: [
      ...vessels.map(({ name }) => name),
      ...sources.flatMap(({ listings }) => Object.keys(listings)),
    ],
  };
}

function write(file: string, mail: Uint8Array): void {
  if (existsSync(file))
    throw new Refusal('file-exists', `${file} is there already.`, 'Name another file with --out.');
  writeFileSync(file, mail, { mode: 0o600, flag: 'wx' });
}

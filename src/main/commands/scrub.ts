import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { Refusal } from '#lib/refusal.ts';
import { oldFile } from '#scrub/old-file.disk.ts';
import { spoken } from '#scrub/old-json.ts';
import type { OldStore } from '#scrub/old-store.ts';
import { type ScrubReport, scrub, unscrub } from '#scrub/scrub.ts';
import { openUndoFile, readUndoFile } from '#scrub/undo-file.disk.ts';
import { type Output, output, table } from '../output.ts';

type Options = {
  region?: string;
  endpoint?: string;
  apply?: boolean;
  undoFile?: string;
  undo?: string;
  json?: boolean;
};

export function scrubCommand(program: Command): void {
  program
    .command('scrub <file-or-table>')
    .description('find money in an old store of crew events: a DynamoDB export (JSON), CSV, or a live table')
    .option('--apply', 'take the amounts out; without it nothing is changed')
    .option('--undo-file <file>', 'where the way back is kept; beside the file unless said')
    .option('--undo <file>', 'put back what a scrub took out, from its undo file')
    .option('--region <region>', 'region of a table')
    .option('--endpoint <url>', 'address of DynamoDB, where it is not Amazon’s own')
    .option('--json', 'answer with one JSON value')
    .action(async (what: string, options: Options) => {
      const out = output(options.json ?? false);
      const store = await storeOf(what, options);
      if (options.undo !== undefined) return putBack(store, options.undo, out);
      const undoName = options.undoFile ?? `${what.replaceAll(/[^\w./-]/g, '_')}.undo.jsonl`;
      const undo = options.apply ? openUndoFile(undoName) : null;
      const report = await scrub(store, {
        apply: undo?.keep ?? null,
        onRecord: records => {
          if (records % 500 === 0) out.remark(`${records} records looked at`);
        },
      });
      undo?.close();
      const answer = {
        ...report,
        applied: undo !== null,
        undo: undo && report.findings.length > 0 ? undoName : null,
      };
      out.answer(answer, () => prose(report, answer.undo, undo !== null));
      if (report.findings.some(({ outcome }) => outcome === 'conflict')) process.exitCode = 1;
    });
}

async function storeOf(what: string, { region, endpoint }: Options): Promise<OldStore> {
  if (existsSync(what)) return oldFile(what);
  if (/[./\\]/.test(what) && region === undefined && endpoint === undefined)
    throw new Refusal(
      'file-unreadable',
      `${what} cannot be read (ENOENT).`,
      'Name a file that exists, or a table.',
    );
  try {
    // Amazon's SDK is loaded for a table and for nothing else; whoever left it out can scrub files.
    const { oldTable } = await import('#scrub/old-table.dynamodb.ts');
    return await oldTable({
      table: what,
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Refusal(
      'aws-sdk-missing',
      'A table is read with the AWS SDK, which is not installed here.',
      'Run: npm install --no-save @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb',
    );
  }
}

async function putBack(store: OldStore, file: string, out: Output): Promise<void> {
  const changes = readUndoFile(file);
  const { restored, conflicts } = await unscrub(store, changes);
  out.answer(
    { what: store.what, restored, conflicts: conflicts.map(({ key, path }) => ({ key, path })) },
    () =>
      [
        `Put back in ${store.what}: ${restored} of ${changes.length}.`,
        ...conflicts.map(
          ({ key, path }) => `Left alone, because it was changed since: ${key}, ${spoken(path).join('.')}`,
        ),
      ].join('\n'),
  );
  if (conflicts.length > 0) process.exitCode = 1;
}

function prose(report: ScrubReport, undo: string | null, isApplied: boolean): string {
  const { what, records, findings, remains } = report;
  const amounts = findings.reduce((sum, finding) => sum + finding.amounts, 0);
  const conflicts = findings.filter(({ outcome }) => outcome === 'conflict').length;
  return [
    `Looked at ${records} record${records === 1 ? '' : 's'} in ${what}: ${amounts} amount${amounts === 1 ? '' : 's'} in ${findings.length} field${findings.length === 1 ? '' : 's'}.`,
    ...(findings.length === 0
      ? []
      : [
          '',
          table(
            ['record', 'field', 'amounts', isApplied ? 'outcome' : 'says (amounts covered)'],
            findings.map(({ key, field, amounts, covered, outcome }) => [
              key,
              field,
              String(amounts),
              isApplied ? outcome : covered.replaceAll(/\s+/g, ' ').slice(0, 90),
            ]),
          ),
          '',
        ]),
    ...(findings.length > 0 && !isApplied ? ['Nothing was changed. Take them out with --apply.'] : []),
    ...(undo
      ? [
          `The way back is ${undo}. It holds the amounts: delete it once you are sure. Undo with: --undo ${undo}`,
        ]
      : []),
    ...(conflicts > 0 ? [`${conflicts} changed while this ran and were left alone: run it again.`] : []),
    'A search finds what it knows; read a few records yourself. What stays, and nobody but you can end:',
    ...remains.map(line => `  - ${line}`),
  ].join('\n');
}

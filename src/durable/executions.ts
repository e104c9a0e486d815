// What a person or another room does with whole executions: start, stop, retry.
import { Refusal } from '#lib/refusal.ts';
import type { Change, Changes } from './changes.ts';
import { nameTaken } from './start.ts';
import type { ExecutionStore, Row } from './store.sqlite.ts';

export function createExecutions(store: ExecutionStore, { end }: Changes) {
  function add(change: Change, workflow: string, name: string, input: string): void {
    const startedAt = change.now;
    change.woken.add(
      store.insert(change.tx, { workflow, name, input, parent: null, parentOperation: null, startedAt }),
    );
  }

  function existing(change: Change, workflow: string, name: string): Row {
    const row = store.find(workflow, name, change.tx);
    if (row) return row;
    throw new Refusal(
      'execution-unknown',
      `There is no execution ${workflow} ${name}.`,
      'Check the name; executions are forgotten some time after they ended.',
    );
  }

  /** Ends an execution and whatever it invoked that still lives. */
  function stopAll(change: Change, id: number): void {
    for (const child of store.liveChildren(change.tx, id)) stopAll(change, child);
    const error = { ErrorType: 'ExecutionStopped', ErrorMessage: 'The execution was stopped.' };
    end(change, id, { status: 'STOPPED', error });
  }

  return {
    /** `input` is canonical JSON, so equal inputs are equal texts. */
    start(change: Change, workflow: string, name: string, input: string): 'started' | 'already-started' {
      const known = store.find(workflow, name, change.tx);
      if (known?.input === input) return 'already-started';
      if (known) throw nameTaken(workflow, name);
      add(change, workflow, name, input);
      return 'started';
    },

    stop(change: Change, workflow: string, name: string): void {
      const row = existing(change, workflow, name);
      if (row.status === 'STOPPED') return;
      if (row.endedAt !== null) {
        throw new Refusal('execution-ended', `${workflow} ${name} has ended.`, 'There is nothing to stop.');
      }
      stopAll(change, row.id);
    },

    /** Drops an execution that ended badly and takes it down again under a new id, so that nothing of the old run can touch it. */
    retry(change: Change, workflow: string, name: string): void {
      const row = existing(change, workflow, name);
      if (row.status !== 'FAILED' && row.status !== 'STOPPED') {
        throw new Refusal(
          'execution-not-failed',
          `${workflow} ${name} is ${row.status}.`,
          'Only a failed or stopped execution can be run again.',
        );
      }
      if (row.parent !== null) {
        throw new Refusal(
          'execution-has-parent',
          `${workflow} ${name} was invoked by another execution, which has gone on without it.`,
          'Retry the execution that invoked it.',
        );
      }
      store.remove(change.tx, row.id);
      add(change, workflow, name, row.input);
    },
  };
}

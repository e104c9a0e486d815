// The chain of eight empty durable steps, as each of them wants it written. `put` begins one, `onEnd` hears which has ended.
import { connectionString } from './postgres.js';
import { redis } from './redis.js';

export async function pgBoss({ PgBoss }) {
  const boss = new PgBoss({ connectionString, max: 20, useListenNotify: true });
  boss.on('error', error => console.error('pg-boss:', error.message));
  await boss.start();
  await boss.createQueue('step', { notify: true });
  let end = () => {};
  const put = job => boss.send('step', job);
  await boss.work('step', { localConcurrency: 8, batchSize: 8, burstWhenBatchFull: true }, async jobs => {
    for (const { data } of jobs) await (data.step < 8 ? put({ ...data, step: data.step + 1 }) : end(data.id));
  });
  return { put, onEnd: told => (end = told), close: () => boss.stop({ graceful: false }) };
}

export async function graphile({ run, Logger }) {
  let end = () => {};
  const step = async (job, { addJob }) => {
    if (job.step < 8) await addJob('step', { ...job, step: job.step + 1 });
    else end(job.id);
  };
  const runner = await run({
    connectionString,
    taskList: { step },
    logger: new Logger(() => () => {}),
    preset: { worker: { concurrentJobs: 16, maxPoolSize: 20, pollInterval: 1000 } },
  });
  return { put: job => runner.addJob('step', job), onEnd: told => (end = told), close: () => runner.stop() };
}

/** Each step is a job that puts the next in the queue, as with the others. */
export async function bullmq({ Queue, Worker }) {
  const connection = { ...redis, maxRetriesPerRequest: null };
  const queue = new Queue('step', { connection, defaultJobOptions: { removeOnComplete: true } });
  let end = () => {};
  const put = job => queue.add('step', job);
  const step = ({ data }) => (data.step < 8 ? put({ ...data, step: data.step + 1 }) : end(data.id));
  const worker = new Worker('step', async job => void (await step(job)), { connection, concurrency: 64 });
  await worker.waitUntilReady();
  return {
    put,
    onEnd: told => (end = told),
    async close() {
      await worker.close(true);
      await queue.close();
    },
  };
}

/** The nearest to ours: one workflow of eight steps, each of which is kept before the next begins. */
export async function dbos({ DBOS }) {
  let end = () => {};
  const chain = DBOS.registerWorkflow(
    async () => {
      for (let step = 1; step <= 8; step++) await DBOS.runStep(async () => {}, { name: `step ${step}` });
    },
    { name: 'chain' },
  );
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: connectionString,
    runAdminServer: false,
    logLevel: 'error',
  });
  await DBOS.launch();
  return {
    async put({ id }) {
      const handle = await DBOS.startWorkflow(chain)();
      void handle.getResult().then(() => end(id));
    },
    onEnd: told => (end = told),
    close: () => DBOS.shutdown(),
  };
}

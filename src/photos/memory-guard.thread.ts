import { workerData } from 'node:worker_threads';

const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Ends its process when that takes more than `workerData` bytes. On a thread of its own, because a decoder may hold the
 * main one for seconds; as the kernel would, so that whoever ordered sees both alike.
 */
while (process.memoryUsage.rss() <= workerData) Atomics.wait(cell, 0, 0, 20);
process.kill(process.pid, 'SIGKILL');

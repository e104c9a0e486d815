/**
 * What AWS takes, enforced here too, so that a workflow that runs embedded also runs deployed. Sizes in bytes of UTF-8.
 * Payload: the service rejects a step of more (aws-durable-execution-sdk-python#342). Error: the checkpoint validators of
 * AWS's testing package. Operations: a comment in SDK 2.4.0. Names: Lambda API reference, OperationUpdate and Execution.
 */
export const limits = {
  payloadBytes: 256 * 1024,
  errorBytes: 32 * 1024,
  inputBytes: 6 * 1024 * 1024,
  resultBytes: 6 * 1024 * 1024,
  updatesPerCheckpoint: 250,
  operationsPerExecution: 30_000,
  /** 366 days. */
  waitSeconds: 31_622_400,
} as const;

const operationId = /^[a-zA-Z0-9_-]{1,64}$/;
const operationName = /^[\x20-\x7e]{1,256}$/;
const executionName = /^[a-zA-Z0-9_-]{1,64}$/;

export const isOperationId = (id: string): boolean => operationId.test(id);
export const isOperationName = (name: string): boolean => operationName.test(name);
export const isExecutionName = (name: string): boolean => executionName.test(name);

/** Whether a duration is one that AWS takes: whole seconds, from `least` up to 366 days. */
export const isDuration = (seconds: number, least: 0 | 1): boolean =>
  Number.isInteger(seconds) && seconds >= least && seconds <= limits.waitSeconds;

export const sizeBytes = (text: string | undefined): number =>
  text === undefined ? 0 : Buffer.byteLength(text, 'utf8');

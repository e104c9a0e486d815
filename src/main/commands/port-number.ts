import { InvalidArgumentError } from 'commander';

/** A TCP port as an option of a command; 0 picks a free one. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError('It has to be a number from 0 to 65535.');
}

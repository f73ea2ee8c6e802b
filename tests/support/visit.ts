/** Readers of a test's own, who come and go. */
import { Reader } from '../../verify/reader.ts';
import type { Gateway } from './gateway.ts';

/** Gives a new reader whose shell and engine are ready. */
export async function enter(gateway: Gateway): Promise<Reader> {
  const reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.engineReady();
  return reader;
}

/** Ends a reader's session, and their connection. */
export async function leave(reader: Reader): Promise<void> {
  await reader.end();
  await reader[Symbol.asyncDispose]();
}

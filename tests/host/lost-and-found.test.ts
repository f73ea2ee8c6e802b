/** Never lost: a reload, a lost network, a killed gateway. No shell is lost, no byte is missing or doubled. */
import { expect, test } from 'vitest';
import { restarts } from '../../bench/restarts.ts';
import { withoutMarks } from '../../verify/marks.ts';
import { Reader } from '../../verify/reader.ts';
import { ownGateway } from '../support/own.ts';

const own = ownGateway();

/** Prints numbered lines, slowly enough that the cut falls into the middle. */
const COUNT = (to: number) => `for i in $(seq 1 ${to}); do echo line-$i; sleep 0.01; done; echo count''ed`;

function numbers(text: string): number[] {
  return [...withoutMarks(text).matchAll(/^line-(\d+)\r$/gm)].map((m) => Number(m[1]));
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('a lost connection resumes at the byte where it was cut', async () => {
  await using reader = new Reader(own.gateway.origin);
  await reader.connect();
  await reader.run('true');
  reader.type(`${COUNT(200)}\r`);
  await reader.output.until(/line-50\r/);
  reader.socket?.terminate();
  await reader.closed;
  await reader.connect();
  await reader.output.until(/counted/);
  expect(numbers(reader.output.text)).toEqual(upTo(200));
  expect(reader.output).toMatchObject({ missing: 0, repeated: 0 });
  await reader.end();
});

test('a reload replays the whole scrollback, into the middle of running output', async () => {
  await using first = new Reader(own.gateway.origin);
  await first.connect();
  await first.run('true');
  first.type(`${COUNT(200)}\r`);
  await first.output.until(/line-50\r/);
  first.socket?.terminate();
  await using second = new Reader(own.gateway.origin);
  second.cookie = first.cookie;
  await second.connect();
  await second.output.until(/counted/);
  expect(second.session).toBe(first.session);
  expect(numbers(second.output.text)).toEqual(upTo(200));
  expect(second.output).toMatchObject({ missing: 0, repeated: 0 });
  await second.end();
});

test('two connections of one reader share the shell', async () => {
  await using a = new Reader(own.gateway.origin);
  await a.connect();
  await a.run('true');
  await using b = new Reader(own.gateway.origin);
  b.cookie = a.cookie;
  await b.connect();
  await a.run('shared=42');
  expect((await b.run('echo value $shared')).text).toContain('value 42');
  await a.end();
});

test('a shell that is left with exit is followed by a new one', async () => {
  await using reader = new Reader(own.gateway.origin);
  await reader.connect();
  await reader.run('true');
  reader.type('exit 3\r');
  await reader.output.until(/exit status 3/);
  expect((await reader.run('echo still here')).text).toContain('still here');
  await reader.end();
});

test('Ctrl-C does not wait behind a paste that nobody reads, and the paste is dropped', async () => {
  await using reader = new Reader(own.gateway.origin);
  await reader.connect();
  await reader.run('true');
  reader.type("sh -c 'echo be\'\'gun; exec sleep 100'\r");
  await reader.output.until(/begun/);
  for (let i = 0; i < 7; i++) reader.type('echo pasted\r'.repeat(340));
  reader.type('\x03');
  expect((await reader.run('echo free', 5_000)).text).toContain('free');
  expect(reader.output.text.match(/\npasted/g)).toBeNull();
  await reader.end();
});

test('kill -9 of the gateway with 10 live shells, 4 times: nothing lost, nothing twice, a long output replayed', async () => {
  const { lost, bytes, reattachP95, replayed } = await restarts(own.gateway, 10, 3);
  console.log(`reattached within ${reattachP95.toFixed(0)} ms (p95), ${replayed} bytes replayed`);
  expect({ lost, bytes }).toEqual({ lost: 0, bytes: 0 });
  expect(reattachP95).toBeLessThan(2_000);
  expect(replayed).toBeGreaterThanOrEqual(2 ** 20);
}, 240_000);

/** A reader whose engine sends what costs the gateway most: time, memory and programs on the host stay bounded. */
import { expect, test } from 'vitest';
import { timed } from '../../bench/figures.ts';
import { HEAD, impostor, script, viewOf } from '../support/impostor.ts';
import { ownReader } from '../support/own.ts';

const own = ownReader();

/** Megabytes that this process has grown by while something ran, and the longest that a timer waited beyond its time, in milliseconds. */
async function cost(what: () => Promise<unknown>): Promise<{ grown: number; late: number; share: number }> {
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let [most, late, last] = [before, 0, begun];
  const timer = setInterval(() => {
    const now = performance.now();
    late = Math.max(late, now - last - 20);
    last = now;
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  try {
    await what();
  } finally {
    clearInterval(timer);
  }
  late = Math.max(late, performance.now() - last - 20);
  const { user, system } = process.cpuUsage(cpu);
  const costs = { grown: (most - before) / 1e6, late, share: (user + system) / 1_000 / (performance.now() - begun) };
  console.log(Object.entries(costs).map(([name, value]) => `${name} ${value.toFixed(2)}`));
  return costs;
}

test('a list of two million things that are no images is refused at the first', async () => {
  await impostor(own, String.raw`${HEAD} print "[" . "0," x 2_000_000 . "0]"; exit`);
  using view = await viewOf(own);
  const { grown, late } = await cost(() => expect(view.images()).rejects.toThrow(/something else/));
  expect(grown).toBeLessThan(300);
  expect(late).toBeLessThan(1_000);
});

test('an answer that is never to come is given up, and its promises heard no longer than others', async () => {
  await impostor(
    own,
    String.raw`if ($p =~ /containers/) { print "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"; sleep 60 }
      while (1) { print "HTTP/1.1 102 Processing\r\n\r\n" x 1000 }`,
  );
  using view = await viewOf(own);
  expect(await timed(() => expect(view.containers('x')).rejects.toThrow())).toBeLessThan(12_000);
  const { share, late } = await cost(() => expect(view.images()).rejects.toThrow());
  expect(share).toBeLessThan(0.7);
  expect(late).toBeLessThan(500);
});

test('thousands of spaces in a history cost nothing, whoever wrote it', async () => {
  const id = 'a'.repeat(64);
  await impostor(own, `${HEAD} print '{"Id":"sha256:${id}","Size":1}'; exit`);
  // The program that looks into images is run in whatever namespaces the engine is said to have.
  const code = await script(
    own,
    String.raw`cat >/tmp/liar <<'END'
#!/bin/sh
exec perl -e 'print "{\"layers\":[{\"createdBy\":\"x" . " " x 1_000_000 . "x\",\"bytes\":1,\"files\":1,\"largest\":[]}]}"'
END
    chmod 755 /tmp/liar
    setsid unshare -Urm sh -c 'mount --bind /tmp/liar /usr/local/lib/slipway/contents && touch /tmp/lies && exec sleep 600' </dev/null >/dev/null 2>&1 &
    until [ -e /tmp/lies ]; do sleep 0.05; done
    mkdir -p $XDG_RUNTIME_DIR/slipway/rootlesskit && pgrep -fx 'sleep 600' | tail -n 1 >$XDG_RUNTIME_DIR/slipway/rootlesskit/child_pid`,
  );
  expect(code).toBe(0);
  using view = await viewOf(own);
  const { late } = await cost(async () => expect(await view.layers('x')).toHaveLength(1));
  expect(late).toBeLessThan(1_000);
});

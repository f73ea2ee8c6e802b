/** A reader whose engine sends what costs the gateway most: time, memory and programs on the host stay bounded. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { timed } from '../../bench/figures.ts';
import { HEAD, impostor, script, viewOf } from '../support/impostor.ts';
import { ownReader } from '../support/own.ts';
import { Watched } from '../support/watched.ts';

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

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes of the values that are kept. Texts of a megabyte and more, and bytes on their way, are not among them. */
function kept(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

const during = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** HTTP/2 as a server speaks it, in Perl: frame(type, flags, stream, bytes), and data(stream, bytes), which waits for room. */
const HTTP2 = String.raw`
  our ($window, %room, $called) = (65535);
  sub frame { my ($type, $flags, $stream, $bytes) = @_; print substr(pack("N", length $bytes), 1) . pack("CCN", $type, $flags, $stream) . $bytes }
  sub take { my $n = shift; my $bytes = ""; while (length $bytes < $n) { my $r = sysread($c, $bytes, $n - length $bytes, length $bytes); exit unless $r } $bytes }
  $called = 0;
  sub hear { my ($l1, $l2, $type, $flags, $stream) = unpack "CnCCN", take(9); my $bytes = take($l1 * 65536 + $l2);
    if ($type == 1) { $called = $stream; $room{$stream} = 65535; frame(1, 4, $stream, "\x88") }
    if ($type == 8) { my $n = unpack "N", $bytes; $stream ? ($room{$stream} += $n) : ($window += $n) }
    if ($type == 4 && !($flags & 1)) { frame(4, 1, 0, "") } }
  sub data { my ($stream, $bytes) = @_;
    while (length $bytes) { my $n = 16384; for ($window, $room{$stream}, length $bytes) { $n = $_ if $_ < $n }
      if ($n <= 0) { hear(); next } frame(0, 0, $stream, substr($bytes, 0, $n, "")); $window -= $n; $room{$stream} -= $n } }
  sub varint { my $n = shift; my $s = ""; while ($n > 127) { $s .= chr(128 | $n & 127); $n >>= 7 } $s . chr $n }
  sub field { my ($n, $bytes) = @_; chr($n << 3 | 2) . varint(length $bytes) . $bytes }
  sub message { my ($stream, $bytes) = @_; data($stream, pack("CN", 0, length $bytes) . $bytes) }
  sub called { my $was = $called; hear() while $called == $was; $called }
`;

test('a build of steps with names of a megabyte fills no memory', async () => {
  await impostor(
    own,
    String.raw`if ($p =~ /events/) { ${HEAD} sleep 600 } exit unless $p eq "/grpc"; print "HTTP/1.1 101 X\r\n\r\n"; ${HTTP2}
    take(24); frame(4, 0, 0, ""); my $records = called();
    message($records, field(2, field(1, "ref") . field(6, "\x08\x64"))); my $status = called();
    for my $n (0..59) { message($status, join "", map { field(1, field(1, sprintf "sha256:%064x", $n * 4 + $_) .
      field(3, "[1/1] RUN " . chr(65 + $n) x 900_000) . field(7, "x" x 100_000)) } 0..3) }
    sleep 600;`,
  );
  using view = await viewOf(own);
  const before = kept();
  using watched = new Watched(view);
  const { grown, late } = await cost(async () => {
    await watched.until('steps', () => (view.builds()[0]?.steps.length ?? 0) > 15);
    await during(5_000);
  });
  const more = kept() - before;
  console.log(`${more.toFixed(1)} MB kept`);
  expect(more).toBeLessThan(5);
  expect(grown).toBeLessThan(150);
  expect(late).toBeLessThan(1_000);
});

test('builds that change all the time leave time for others', async () => {
  await impostor(
    own,
    String.raw`if ($p =~ /events/) { ${HEAD} sleep 600 } exit unless $p eq "/grpc"; print "HTTP/1.1 101 X\r\n\r\n"; ${HTTP2}
    sub digest { sprintf "sha256:%064x", shift }
    my @news = map { my $from = $_; map { my $turn = $_; join "", map { my $v = $_; field(1, field(1, digest($v)) .
      join("", map { field(2, digest(($v + $_ * 7) % 400)) } 1..16) . field(3, "[1/1] RUN $turn")) } map { $from * 100 + $_ } 0..99 } 1..2 } 0..3;
    take(24); frame(4, 0, 0, ""); my $records = called(); my @calls;
    for my $b (1..8) { message($records, field(2, field(1, "ref$b") . field(6, "\x08\x64"))); push @calls, called() }
    while (1) { for my $news (@news) { message($_, $news) for @calls } }`,
  );
  using view = await viewOf(own);
  using watched = new Watched(view);
  await watched.until('builds', () => view.builds().length === 8);
  // So many megabytes are taken at once, and then half a megabyte a second.
  const first = await cost(() => during(3_000));
  const then = await cost(() => during(8_000));
  expect(Math.max(first.late, then.late)).toBeLessThan(500);
  expect(first.share).toBeLessThan(0.6);
  expect(then.share).toBeLessThan(0.15);
});

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

/** What a session reaches: the listed names by the proxy, and nothing else. All servers are the test's own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proxyNames } from '../../sandbox/egress/container.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import type { Reader } from '../../verify/reader.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost, leftovers } from '../support/host.ts';
import { enter } from '../support/visit.ts';
import { hostEnd, Outside } from '../support/outside.ts';

const docker = dockerHost();
const NAMES = ['listed.test', 'x.wide.test', 'other.test'];
const list = {
  SLIPWAY_EGRESS: 'list',
  SLIPWAY_EGRESS_ALLOW: 'listed.test .wide.test rebound.test',
  SLIPWAY_GO_PROXY: 'http://mirror.test:8080',
};
let outside: Outside;
let gateway: Gateway;
let reader: Reader;
const others: Gateway[] = [];

beforeAll(async () => {
  [outside, gateway] = await Promise.all([
    Outside.open(docker, NAMES, ['rebound.test', 'mirror.test']),
    Gateway.start({ ...list }),
  ]);
  reader = await enter(gateway);
  await outside.join(proxyNames(gateway.instance).container);
});
afterAll(async () => {
  await reader[Symbol.asyncDispose]();
  for (const one of [gateway, ...others]) {
    await one[Symbol.asyncDispose]();
    await removeSessions(docker, one.instance);
    expect(await leftovers(docker, `slipway.egress-of=${one.instance}`)).toEqual([]);
  }
  await outside[Symbol.asyncDispose]();
});

/** What a script says in a container of the reader's own, with every right that its engine can give. */
const inContainer = (script: string) =>
  said(
    `echo ${Buffer.from(script).toString('base64')} | base64 -d | docker run -i --rm --cap-add=ALL golang:1.26.8 bash -s 2>&1`,
  );
const plain = (text: string) => text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
const said = async (command: string, by = reader) => plain((await by.run(command)).text);
/** What curl gets, and its exit code. */
const curl = (args: string, by?: Reader) => said(`curl -sS -m 10 ${args}; echo "=$?"`, by);
/** A tunnel with something plain in it. */
const tunnel = (to: string, by?: Reader) => curl(`-p -x "$HTTP_PROXY" http://${to}/`, by);

test('listed names are reached, over http and by tunnel', async () => {
  expect(await curl('http://listed.test/')).toMatch(/^greetings from port 80\s+=0$/);
  expect(await curl('http://x.wide.test/')).toContain('greetings');
  expect(await tunnel('listed.test:443')).toContain('greetings from port 443');
});

test('other names, addresses and ports are refused, in words', async () => {
  expect(await curl('http://other.test/')).toContain('This sandbox does not reach other.test');
  expect(await tunnel('other.test:443')).toContain('response 403');
  expect(await curl(`http://${outside.address}/`)).toContain(`does not reach ${outside.address}`);
  for (const port of [22, 25, 80, 8080]) expect(await tunnel(`listed.test:${port}`)).toContain('response 403');
  expect(await curl('-x "$HTTP_PROXY" ftp://listed.test:80/')).toContain(
    'ports 80 (http) and 443 (https) and no other',
  );
  expect(await curl('http://listed.test:8080/')).toContain('ports 80 (http) and 443 (https) and no other');
});

test('a listed name with a private address is refused', async () => {
  expect(await curl('http://rebound.test/')).toContain('its address is not on the internet');
  expect(await tunnel('rebound.test:443')).toContain('response 403');
});

test('a mirror of the operator’s own is reached where it is, on its port alone', async () => {
  expect(await curl('http://mirror.test:8080/')).toContain('greetings from port 8080');
  expect(await curl('http://mirror.test/')).toContain('This sandbox does not reach mirror.test');
});

test('the proxy tells nobody how it is', async () => {
  for (const url of ['$HTTP_PROXY/squid-internal-mgr/info', 'http://slipway-egress:3128/squid-internal-mgr/info'])
    expect(await curl(`-o /dev/null -w '%{http_code}' ${url}`)).toMatch(/^40[03]/);
  expect(await curl(`--noproxy '*' -o /dev/null -w '%{http_code}' $HTTP_PROXY/squid-internal-mgr/menu`)).toMatch(
    /^40[03]/,
  );
});

test('without the proxy nothing is reached: not the server, not the host’s end of the network, from the reader’s own containers neither', async () => {
  const end = await hostEnd(docker, gateway.instance, reader.session);
  const places = [
    `${outside.address}/22`,
    `${outside.address}/80`,
    `${end}/${outside.port}`,
    `10.0.2.100/${outside.port}`,
  ];
  const knock = places.map((to) => `(timeout 2 bash -c "</dev/tcp/${to}" 2>/dev/null && echo OPEN ${to})`);
  expect(await said(`${knock.join('; ')}; echo over`)).toBe('over');
  expect(await inContainer(`${knock.join('; ')}; echo over`)).toBe('over');
});

test('no name query leaves a session, neither asked directly nor by way of its name server', async () => {
  const udp = 'perl -MIO::Socket::INET -e';
  const ask = (to: string) =>
    `${udp} '$s = IO::Socket::INET->new(Proto => "udp", PeerAddr => "${to}") and $s->send("x" x 40)' 2>&1`;
  const end = await hostEnd(docker, gateway.instance, reader.session);
  for (const to of [`${outside.address}:53`, `${end}:${outside.port}`]) {
    await said(ask(to));
    await inContainer(ask(to));
  }
  // Where the name server in the session asks on: the session's own loopback.
  const listen = `${udp} '$| = 1; $s = IO::Socket::INET->new(Proto => "udp", LocalAddr => "127.0.0.1:53") or die; alarm 20; print "up\\n"; $s->recv($b, 512); print "heard ", $b =~ /tunnelled/ ? 1 : 0, "\\n"'`;
  expect(await said(`(${listen} &) | { read -r up; getent hosts tunnelled.listed.test; cat; }`)).toBe('heard 1');
  expect(await outside.heard()).toBe(0);
});

test('sessions do not reach one another, nor one another by the proxy', async () => {
  await using two = await enter(gateway);
  const listener = `perl -MIO::Socket::INET -e '$| = 1; $s = IO::Socket::INET->new(Listen => 1, LocalPort => 80) or die; print "up\\n"; $s->accept while 1'`;
  await two.run(`coproc { ${listener}; }; read -r up <&"\${COPROC[0]}"`);
  const ip = (await said('hostname -I', two)).split(' ')[0] ?? '';
  expect(await said(`timeout 2 bash -c "</dev/tcp/${ip}/80" && echo open`, two)).toContain('open');
  expect(await said(`timeout 2 bash -c "</dev/tcp/${ip}/80" 2>/dev/null; echo "=$?"`)).not.toBe('=0');
  expect(await curl(`http://${ip}/`)).toContain('This sandbox does not reach');
  await two.end();
});

test('a build reaches what is listed and nothing else, and nothing of the proxy stays in its image', async () => {
  const build = (name: string, run: string) =>
    said(`printf 'FROM golang:1.26.8\\nRUN ${run}\\n' | docker build --progress plain -t ${name} - 2>&1; echo "=$?"`);
  const built = await build('reached', 'curl -fsS http://listed.test/');
  expect(built).toContain('greetings from port 80');
  expect(built).toMatch(/=0$/);
  const refused = await build('refused', 'curl -sS http://other.test/; curl -fsS http://other.test/');
  expect(refused).toContain('This sandbox does not reach other.test');
  expect(refused).not.toMatch(/=0$/);
  expect(await said('docker history --no-trunc reached; docker inspect reached')).not.toMatch(/3128|_proxy/i);
  // Neither is it in the cache's keys: with another proxy, the layer is the same.
  const again = `printf 'FROM golang:1.26.8\\nRUN curl -fsS http://listed.test/\\n' | docker build --build-arg HTTP_PROXY=http://192.0.2.1:1 --progress plain - 2>&1`;
  expect(await said(again)).toContain('CACHED');
}, 60_000);

test('what was asked is in the log by session, host and size, and never the path', async () => {
  await curl('http://listed.test/secret?token=hidden');
  await expect
    .poll(() => gateway.log.split('\n').filter((line) => line.includes('"host":"listed.test"')).length)
    .toBeGreaterThan(3);
  const line = gateway.log.split('\n').find((one) => one.includes('"host":"listed.test"')) ?? '';
  expect(JSON.parse(line)).toMatchObject({ session: reader.session, method: 'GET', port: 80, status: 200 });
  expect(gateway.log).not.toMatch(/secret|hidden/);
});

test('a proxy that is killed comes back, at the same address and with its walls', async () => {
  const container = docker.getContainer(proxyNames(gateway.instance).container);
  const pid = async () => (await container.inspect()).State.Pid;
  const before = await pid();
  process.kill(before, 'SIGKILL');
  await expect.poll(pid, { timeout: 15_000, interval: 100 }).not.toBe(before);
  await expect.poll(() => curl('http://listed.test/'), { timeout: 15_000 }).toContain('greetings');
  expect(await curl('http://other.test/')).toContain('This sandbox does not reach other.test');
});

test('the byte quota closes the way in the middle of a tunnel, and the page is told', async () => {
  const small = await Gateway.start({ ...list, SLIPWAY_EGRESS_MB: '8' });
  others.push(small);
  await using one = await enter(small);
  await outside.join(proxyNames(small.instance).container);
  const began = performance.now();
  const got = await said(
    `curl -sS -m 60 -p -x "$HTTP_PROXY" http://listed.test:443/endless | wc -c; echo "=$\{PIPESTATUS[0]}"; curl -sS -m 10 http://listed.test/; echo "=$?"`,
    one,
  );
  expect(performance.now() - began).toBeLessThan(40_000);
  expect(Number(/^(\d+)$/m.exec(got)?.[1])).toBeGreaterThan(7 * 1024 * 1024);
  expect(got).toMatch(/=56\s/);
  expect(got).toMatch(/=7$/);
  const { usage } = one.messages.findLast((message) => message.type === 'usage') as { usage: { network: unknown } };
  expect(usage.network).toMatchObject({ of: 8 * 1024 * 1024 });
  expect((usage.network as { used: number }).used).toBeGreaterThanOrEqual(8 * 1024 * 1024);
  expect(await said('docker version -f up', one)).toBe('up');
  // Another process finds it closed, and leaves it so.
  await small.stop('SIGKILL');
  await small.restart();
  await one.connect();
  expect(await curl('http://listed.test/', one)).toMatch(/=7$/);
});

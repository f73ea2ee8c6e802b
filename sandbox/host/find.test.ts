import { once } from 'node:events';
import { chown, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { candidates, findEngine } from './find.ts';
import { placesOf, type Self } from './places.ts';

const plain = { dockerHost: undefined, allowRootful: false };

async function home(): Promise<Self> {
  const directory = await mkdtemp(join(tmpdir(), 'find-'));
  return { uid: 54_321, gid: 54_321, name: 'ann', home: directory, env: { XDG_RUNTIME_DIR: directory } };
}

/** An engine as far as its account of itself goes. */
async function engineAt(path: string, security: string[]) {
  const info = { ServerVersion: '28.0.0', SecurityOptions: security, Driver: 'overlay2', MemoryLimit: true };
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(info)),
  );
  server.listen(path);
  await once(server, 'listening');
  return {
    address: `unix://${path}`,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
  };
}

test('one that was given is the only candidate', async () => {
  const who = await home();
  const given = { dockerHost: 'tcp://127.0.0.1:1', allowRootful: true };
  expect(candidates(given, placesOf({ state: undefined }, who), who)).toEqual([
    { kind: 'given', address: 'tcp://127.0.0.1:1' },
  ]);
});

test('the order: the user’s own, ours, and a rootful one only where it is allowed', async () => {
  const who = await home();
  const places = placesOf({ state: undefined }, who);
  const kinds = (allowRootful: boolean) => candidates({ ...plain, allowRootful }, places, who).map(({ kind }) => kind);
  expect(kinds(false)).toEqual(['own', 'own', 'own', 'ours']);
  expect(kinds(true)).toEqual(['own', 'own', 'own', 'ours', 'rootful', 'rootful']);
});

test('a rootless engine is found, with what it says of itself', async () => {
  const who = await home();
  const path = join(who.home, 'docker.sock');
  await using engine = await engineAt(path, ['name=seccomp,profile=default', 'name=rootless']);
  who.uid = userInfo().uid;
  expect(await findEngine(plain, placesOf({ state: undefined }, who), who)).toMatchObject({
    ok: true,
    found: {
      kind: 'own',
      address: engine.address,
      facts: { rootless: true, seccomp: true, limits: { memory: true, cpus: false } },
    },
  });
});

test('a rootful engine is refused by name, and taken where that is allowed', async () => {
  const who = await home();
  const path = join(who.home, 'docker.sock');
  await using engine = await engineAt(path, ['name=seccomp,profile=default']);
  const places = placesOf({ state: undefined }, who);
  who.uid = userInfo().uid;
  const refused = await findEngine(plain, places, who);
  expect(refused).toEqual({
    ok: false,
    reasons: [`${engine.address}: this engine runs as root; SLIPWAY_ALLOW_ROOTFUL=1 allows it, for one reader`],
  });
  expect(await findEngine({ ...plain, allowRootful: true }, places, who)).toMatchObject({ ok: true });
});

test.each([
  ['unix:///nowhere/docker.sock', 'there is no such socket'],
  ['tcp://127.0.0.1:9', 'nothing listens there'],
])('%s: %s', async (dockerHost, reason) => {
  const who = await home();
  const found = await findEngine({ ...plain, dockerHost }, placesOf({ state: undefined }, who), who);
  expect(found).toEqual({ ok: false, reasons: [`${dockerHost}: ${reason}`] });
});

test('a socket of another user’s is not used, whatever answers there', async () => {
  const who = await home();
  const path = join(who.home, 'docker.sock');
  await using engine = await engineAt(path, ['name=rootless']);
  const owner = userInfo().uid || 12_345;
  await chown(path, owner, userInfo().gid);
  expect(await findEngine(plain, placesOf({ state: undefined }, who), who)).toEqual({
    ok: false,
    reasons: [`${engine.address}: this socket belongs to another user (${owner})`],
  });
});

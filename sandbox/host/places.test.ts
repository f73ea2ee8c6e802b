import { expect, test } from 'vitest';
import { placesOf, type Self } from './places.ts';

const root: Self = { uid: 0, gid: 0, name: 'root', home: '/root', env: {} };
const ann: Self = { uid: 1000, gid: 1000, name: 'ann', home: '/home/ann', env: { XDG_RUNTIME_DIR: '/run/user/1000' } };

test('root’s things are the system’s', () => {
  const places = placesOf({ state: undefined }, root);
  expect(places.state).toBe('/var/lib/slipway');
  expect(places.address).toBe('unix:///run/slipway/docker.sock');
});

test('a user’s things are in their home and their runtime directory', () => {
  expect(placesOf({ state: undefined }, ann)).toMatchObject({
    state: '/home/ann/.local/state/slipway',
    runtime: '/run/user/1000/slipway',
  });
  const elsewhere = { ...ann, env: { XDG_STATE_HOME: '/data' } };
  expect(placesOf({ state: undefined }, elsewhere)).toMatchObject({
    state: '/data/slipway',
    runtime: '/tmp/slipway-1000/slipway',
  });
});

test('two state directories never share an engine', () => {
  const runtimes = [undefined, '/srv/one', '/srv/two'].map((state) => placesOf({ state }, root).runtime);
  expect(new Set(runtimes).size).toBe(3);
});

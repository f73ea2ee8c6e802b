import { expect, test } from 'vitest';
import { placesOf } from '../places.ts';
import { engineSettings } from './engine-settings.ts';

const places = placesOf({ state: '/state' }, { uid: 0, gid: 0, name: 'root', home: '/root', env: {} });
const settings = (lacksBus: boolean, kernel: string) =>
  JSON.parse(engineSettings(places, lacksBus, undefined, kernel)) as object;

test('data lies in the state directory, and there are networks for every session', () => {
  expect(settings(false, '6.1.0')).toEqual({
    'data-root': '/state/docker',
    'storage-driver': 'overlay2',
    'default-address-pools': [{ base: '10.64.0.0/12', size: 28 }],
    'log-level': 'warn',
  });
});

test('old kernels let the engine choose its storage; where systemd has no bus for it, it does without cgroups', () => {
  expect(settings(false, '5.10.0-8-amd64')).not.toHaveProperty('storage-driver');
  expect(settings(true, '6.1.0')).toHaveProperty('exec-opts', ['native.cgroupdriver=cgroupfs']);
});

test('a label says where sized disks are, where there are any', () => {
  const { labels } = JSON.parse(engineSettings(places, false, '/state/disks')) as { labels: string[] };
  expect(labels).toEqual(['slipway.disks=/state/disks']);
});

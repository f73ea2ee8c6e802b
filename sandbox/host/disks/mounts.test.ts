import { expect, test } from 'vitest';
import { parseMounts } from './mounts.ts';

test('mount points are read with their spaces, and whether others follow them', () => {
  const lines = [
    '29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
    '71 29 254:0 /var/lib/slipway/disks /var/lib/slip\\040way/disks rw - ext4 /dev/vda rw',
  ];
  expect(parseMounts(`${lines.join('\n')}\n`)).toEqual([
    { at: '/', shared: true },
    { at: '/var/lib/slip way/disks', shared: false },
  ]);
});

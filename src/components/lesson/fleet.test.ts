import { describe, expect, it } from 'vitest';
import { pull, showBytes, showSeconds } from './fleet.ts';

const busy = { nodes: 100, replicas: 500, imageMB: 800, nodeMbps: 1000, registryMbps: 100_000 };

describe('pull', () => {
  it('moves 80 GB for 100 nodes and 800 MB', () => {
    expect(pull(busy)).toEqual({ pulls: 100, bytesEach: 800e6, bytesAll: 80e9, seconds: 6.4, limit: 'node' });
  });

  it('moves less than 300 MB when the image is under 3 MB', () => {
    expect(pull({ ...busy, imageMB: 2.75 }).bytesAll).toBeLessThan(300e6);
  });

  it('pulls once a node, and only where a replica lands', () => {
    expect(pull({ ...busy, replicas: 10 }).pulls).toBe(10);
    expect(pull({ ...busy, nodes: 3 }).pulls).toBe(3);
  });

  it("waits for the registry's link when that is narrower", () => {
    const { seconds, limit } = pull({ ...busy, registryMbps: 10_000 });
    expect(seconds).toBe(64);
    expect(limit).toBe('registry');
  });

  it.each([0, -1, NaN, Infinity])('refuses %s by its field', (value) => {
    expect(() => pull({ ...busy, nodeMbps: value })).toThrow(`nodeMbps: expected a number above 0, received ${value}`);
  });
});

it.each([
  [80e9, '80 GB'],
  [800e6, '800 MB'],
  [3.59e6, '3.59 MB'],
  [999.6e6, '1 GB'],
  [64.12e9, '64.1 GB'],
  [2.5e3, '2.5 kB'],
  [12, '12 B'],
])('shows %d bytes as %s', (bytes, shown) => expect(showBytes(bytes)).toBe(shown));

it.each([
  [0.001, 'under 0.01 s'],
  [0.0287, '0.03 s'],
  [6.4, '6.4 s'],
  [59.96, '1 min 0 s'],
  [64, '1 min 4 s'],
  [3599.7, '1 h 0 min'],
  [8000, '2 h 13 min'],
])('shows %d seconds as %s', (seconds, shown) => expect(showSeconds(seconds)).toBe(shown));

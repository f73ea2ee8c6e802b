/** The arithmetic of a fleet that pulls an image: pure, in bytes, bits per second and seconds. */

/** What the reader sets. Sizes in MB and speeds in Mbit/s, both decimal, as Docker and network vendors count. */
export interface Fleet {
  /** Machines that have no cached copy of the image. */
  readonly nodes: number;
  /** Copies of the service, spread evenly. */
  readonly replicas: number;
  /** Image size, MB. */
  readonly imageMB: number;
  /** What one node can download, Mbit/s. */
  readonly nodeMbps: number;
  /** What the registry can send to all nodes together, Mbit/s. */
  readonly registryMbps: number;
}

export interface Pull {
  /** Nodes that get at least one replica, and so pull once. */
  readonly pulls: number;
  /** Bytes one node pulls. */
  readonly bytesEach: number;
  /** Bytes the registry sends, and bytes that end on disks. */
  readonly bytesAll: number;
  /** Seconds until the last node has its image, when all begin at once and share the registry's link evenly. */
  readonly seconds: number;
  /** Which link sets that time. */
  readonly limit: 'node' | 'registry';
}

/**
 * How much a fleet pulls and how long the slowest node waits. Counts transfer alone: no compression, no unpacking, no start.
 * @throws RangeError naming the field, when a number is not positive and finite
 */
export function pull(fleet: Fleet): Pull {
  for (const [field, value] of Object.entries(fleet)) {
    if (!(Number.isFinite(value) && value > 0))
      throw new RangeError(`${field}: expected a number above 0, received ${value}`);
  }
  const pulls = Math.min(Math.ceil(fleet.nodes), Math.ceil(fleet.replicas));
  const bytesEach = fleet.imageMB * 1e6;
  const bytesAll = bytesEach * pulls;
  const byNode = (bytesEach * 8) / (fleet.nodeMbps * 1e6);
  const byRegistry = (bytesAll * 8) / (fleet.registryMbps * 1e6);
  return {
    pulls,
    bytesEach,
    bytesAll,
    seconds: Math.max(byNode, byRegistry),
    limit: byRegistry > byNode ? 'registry' : 'node',
  };
}

/** Bytes in decimal units, at most three significant digits: 80 GB, 3.59 MB. */
export function showBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${threeDigits(value)} ${units[unit] ?? ''}`;
}

/** A time as people say it: 0.03 s, 6.4 s, 1 min 4 s, 2 h 13 min. */
export function showSeconds(seconds: number): string {
  if (seconds < 0.01) return 'under 0.01 s';
  if (seconds < 59.95) return `${seconds < 1 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const inMinutes = Math.round(seconds / 60);
  return `${Math.floor(inMinutes / 60)} h ${inMinutes % 60} min`;
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2).replace(/\.?0+$/, '');
}

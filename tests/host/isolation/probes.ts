/** All probes, by topic. */
import type { Probe } from './probe.ts';
import { files } from './topics/files.ts';
import { ipc } from './topics/ipc.ts';
import { kernel } from './topics/kernel.ts';
import { network } from './topics/network.ts';
import { processes } from './topics/processes.ts';
import { sockets } from './topics/sockets.ts';
import { systemCalls } from './topics/system-calls.ts';

export const probes: readonly Probe[] = [
  ...processes,
  ...files,
  ...ipc,
  ...network,
  ...kernel,
  ...sockets,
  ...systemCalls,
];

/** Why a start is refused, and what to do. */
import type { Config } from '../../config/config.ts';
import type { PortState } from './port.ts';

/** Another Slipway of this state and instance. */
export function alreadyRunning(url: string, pid?: number): string {
  const which = pid === undefined ? '' : ` (process ${pid})`;
  return `Slipway is already running at ${url}/${which}.\nOpen it, or stop it with Ctrl-C where it was started.`;
}

/** The port cannot be had. */
export function portBusy(
  state: Exclude<PortState, 'free'>,
  { host, port }: Pick<Config, 'host' | 'port'>,
  url: string,
): string {
  const free = port < 65_535 ? port + 1 : port - 1;
  if (state === 'slipway')
    return `${alreadyRunning(url)}\nOr run a second one beside it: PORT=${free} SLIPWAY_INSTANCE=second npm start`;
  if (state === 'taken')
    return `Port ${port} is taken by another program.\nStop that one, or start on another port: PORT=${free} npm start`;
  const why: Record<string, string> = {
    EACCES: `this user may not listen on port ${port}: choose a PORT of 1024 or more`,
    EADDRNOTAVAIL: `this machine has no address ${host}: choose another HOST`,
    ENOTFOUND: `no address is known for ${host}: choose another HOST`,
  };
  return `Slipway cannot listen on ${host}: ${why[state.unusable] ?? state.unusable}.`;
}

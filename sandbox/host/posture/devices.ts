/** The device of user-mode networks. */
import { TUN, tunUsable } from '../launch/tun.ts';
import type { Finding } from './finding.ts';

export async function tunDevice(): Promise<Finding> {
  const what = TUN;
  if (await tunUsable()) return { what, holds: 'yes', found: 'every user may open it' };
  const found = 'missing, or closed to ordinary users: no network for engines';
  return { what, holds: 'no', found, mend: `sudo modprobe tun && sudo chmod 666 ${TUN}` };
}

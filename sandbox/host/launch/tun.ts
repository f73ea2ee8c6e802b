/** The device an engine's user-mode network needs. */
import { chmod, mkdir, stat } from 'node:fs/promises';
import { run } from './run.ts';

export const TUN = '/dev/net/tun';

/** Whether every user may open the device, as udev's rules have it. */
export async function tunUsable(): Promise<boolean> {
  const info = await stat(TUN).catch(() => undefined);
  return info?.isCharacterDevice() === true && (info.mode & 0o006) === 0o006;
}

/** As root: makes the device if there is none and opens it to every user; source of the numbers: the kernel's devices.txt. */
export async function makeTunUsable(path: string): Promise<void> {
  if (await tunUsable()) return;
  const env = { ...process.env, PATH: path };
  if (!(await stat(TUN).catch(() => undefined))) {
    await run('modprobe', ['tun'], { env }).catch(() => '');
    await mkdir('/dev/net', { recursive: true });
    if (!(await stat(TUN).catch(() => undefined))) await run('mknod', [TUN, 'c', '10', '200'], { env });
  }
  await chmod(TUN, 0o666);
}

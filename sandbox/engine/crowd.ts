/** How many of our programs run in a container. A reader can keep each from ending, and the host keeps files open for every one. */
import Docker, { type Container } from 'dockerode';
import { EngineAnswer } from './api.ts';

/** Far more than the pages of one session need. */
const MOST = 100;
/** The host is asked once in so many starts. */
const EVERY = 16;

const started = new WeakMap<Container, number>();

/** @throws EngineAnswer when too many are still running; what dockerode throws */
export async function checkCrowd(container: Container): Promise<void> {
  const count = (started.get(container) ?? 0) + 1;
  started.set(container, count);
  if (count % EVERY !== 0) return;
  // The types know it as a list; there may be none.
  const { ExecIDs } = (await container.inspect()) as { ExecIDs?: string[] | null };
  if ((ExecIDs?.length ?? 0) <= MOST) return;
  // One that was given up before it was started is listed for some minutes, and costs nothing.
  const docker = new Docker({ modem: container.modem as unknown } as object);
  const states = await Promise.all(
    (ExecIDs ?? []).map((id) =>
      docker
        .getExec(id)
        .inspect()
        .then(
          ({ Running }) => Running,
          () => false,
        ),
    ),
  );
  if (states.filter((running) => running).length <= MOST) return;
  // The next one asks again.
  started.set(container, count - 1);
  throw new EngineAnswer('too many programs that should have ended still run in your sandbox');
}

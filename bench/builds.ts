/** The same --no-cache build on a session's engine and on the host's own, by the same client, in turns, in one run. */
import { join } from 'node:path';
import type Docker from 'dockerode';
import { ROOT } from '../tests/support/gateway.ts';
import { buildOn } from './build-on.ts';
import { timed } from './figures.ts';

const LESSONS = join(ROOT, 'src/content/lessons');
const DOCKERFILE = 'Dockerfile.multi_stage';

export type Builds = { ours: number[]; host: number[]; ratio: number };

/**
 * A first build on each side is not counted. Sums are compared, because an engine ends a build only on whole seconds after its start,
 * which moves a single one by up to a second.
 * @param session the engine of a session, and what its builds are told
 * @param host the engine the session runs on
 * @param rounds counted builds on each side; who begins alternates
 * @returns seconds of every build, and the ratio of the sums
 * @throws Error when a build fails
 */
export async function builds(
  session: { docker: Docker; buildArgs: Record<string, string> },
  host: Docker,
  rounds: number,
): Promise<Builds> {
  const inSession = () => buildOn(session.docker, LESSONS, DOCKERFILE, session.buildArgs);
  const onHost = () => buildOn(host, LESSONS, DOCKERFILE);
  await inSession();
  await onHost();
  const figures: Builds = { ours: [], host: [], ratio: 0 };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) figures.ours.push(await seconds(inSession));
    figures.host.push(await seconds(onHost));
    if (round % 2 === 1) figures.ours.push(await seconds(inSession));
  }
  return { ...figures, ratio: sum(figures.ours) / sum(figures.host) };
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => (await timed(work)) / 1_000;
const sum = (figures: readonly number[]): number => figures.reduce((total, one) => total + one, 0);

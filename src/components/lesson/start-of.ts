/** Gets a lesson's start state; loaded when somebody asks for it. */
import '../../client/connection/zod-without-eval.ts';
import { prepare } from '../../../sandbox/protocol/messages.ts';
import type { Prepare } from '../../../sandbox/protocol/messages.ts';

/** @throws Error when the site does not answer, or not with a start state */
export async function startOf(slug: string): Promise<Pick<Prepare, 'files' | 'steps'>> {
  const response = await fetch(`/start/${slug}.json`);
  if (!response.ok) throw new Error(`${response.status}`);
  return prepare.pick({ files: true, steps: true }).parse(await response.json());
}

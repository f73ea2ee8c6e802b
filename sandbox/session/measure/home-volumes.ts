/** What sessions' homes take of the disk they share, where none has one of its own: the engine looks through them. */
import type Docker from 'dockerode';
import { z } from 'zod';
import { INSTANCE, SESSION } from '../labels.ts';

const answer = z.object({
  Volumes: z
    .array(
      z.object({
        Labels: z.record(z.string(), z.string()).nullish(),
        UsageData: z.object({ Size: z.number() }).nullish(),
      }),
    )
    .nullish(),
});

/** @returns bytes by session @throws what dockerode throws */
export async function homeSizes(docker: Docker, instance: string): Promise<Map<string, number>> {
  const { Volumes } = answer.parse(await docker.df());
  const found = new Map<string, number>();
  for (const { Labels, UsageData } of Volumes ?? []) {
    const id = Labels?.[INSTANCE] === instance ? Labels[SESSION] : undefined;
    if (id !== undefined && UsageData && UsageData.Size >= 0) found.set(id, UsageData.Size);
  }
  return found;
}

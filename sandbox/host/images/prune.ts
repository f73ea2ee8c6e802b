/** Removes images and stores of recipes that are no longer current. */
import type Dockerode from 'dockerode';
import type { Names } from '../recipes.ts';

/** What a container still uses stays; it goes at a later start. */
export async function removeOld(docker: Dockerode, names: Names): Promise<void> {
  const current = new Set<string>([
    names.debian,
    names.golang,
    names.world,
    names.egress,
    ...Object.values(names.bases),
  ]);
  const images = await docker.listImages();
  const old = images
    .flatMap((image) => image.RepoTags ?? [])
    .filter((tag) => /^slipway\/[a-z-]+:[0-9a-f]{12}(-raw)?$/.test(tag) && !current.has(tag));
  for (const tag of old) await docker.getImage(tag).remove().catch(unlessUsed);
  const { Volumes } = await docker.listVolumes({ filters: { label: ['slipway.role=golden'] } });
  for (const { Name } of Volumes) if (Name !== names.golden) await docker.getVolume(Name).remove().catch(unlessUsed);
}

function unlessUsed(error: unknown): void {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status !== 409 && status !== 404) throw error;
}

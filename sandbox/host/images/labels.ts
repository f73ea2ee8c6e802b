/** The labels of our images and stores. */
import type Dockerode from 'dockerode';

export type ImageRole = 'base' | 'world' | 'egress-image' | 'golden' | 'golden-maker';

/** Labels for an object the host room makes. */
export function hostLabels(instance: string, role: ImageRole, standIn = false): Record<string, string> {
  return { 'slipway.instance': instance, 'slipway.role': role, ...(standIn ? { 'slipway.stand-in': '1' } : {}) };
}

/** An image's labels; undefined when there is no such image. */
export async function imageLabels(docker: Dockerode, name: string): Promise<Record<string, string> | undefined> {
  try {
    const { Config } = (await docker.getImage(name).inspect()) as {
      Config?: { Labels?: Record<string, string> | null };
    };
    return Config?.Labels ?? {};
  } catch (error) {
    if (missing(error)) return undefined;
    throw error;
  }
}

/** Those of the images that were made here because their registry did not answer. */
export async function standInsAmong(docker: Dockerode, names: readonly string[]): Promise<string[]> {
  const labels = await Promise.all(names.map((name) => imageLabels(docker, name)));
  return names.filter((_, index) => labels[index]?.['slipway.stand-in'] === '1');
}

/** The engine's answer was that there is no such thing. */
export function missing(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 404;
}

/** The labels of our images and stores. */
import type Dockerode from 'dockerode';

export type ImageRole = 'base' | 'world' | 'golden' | 'golden-maker';

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

/** The engine's answer was that there is no such thing. */
export function missing(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 404;
}

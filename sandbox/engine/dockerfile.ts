/** Which Dockerfile a build came from. */
import { posix } from 'node:path';
import { HOME } from '../world/shape.ts';
import type { BuildPlace } from './contents.ts';

const WORKSPACE = `${HOME}/workspace`;

/**
 * The Dockerfile's path from the workspace, wherever in it the build was started; outside it, its whole path. Without a place, as when it was
 * read from standard input or by a builder that wrote nothing down, the name that BuildKit was told.
 * @param filename the Dockerfile's name without its folder, as BuildKit was told
 */
export function dockerfileOf(filename: string, place: BuildPlace | undefined): string {
  // buildx leaves it empty when no -f was given.
  const whole = place?.dockerfile === '' ? posix.join(place.context, filename) : place?.dockerfile;
  if (!whole?.startsWith('/')) return filename;
  const path = posix.normalize(whole);
  return path.startsWith(`${WORKSPACE}/`) ? path.slice(WORKSPACE.length + 1) : path;
}

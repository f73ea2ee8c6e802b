/** Saves the reader's files on their own machine. */
import type { Platform } from '../connection/platform.ts';
import { fetchFiles } from '../connection/session-api.ts';
import { told } from './words.ts';

const NAME = 'slipway-workspace.tar.gz';

/** @returns what is to be said of it */
export async function saveFiles(platform: Platform): Promise<string> {
  const files = await fetchFiles(platform);
  if (!files.ok)
    return files.why.kind === 'problem'
      ? told(files.why.problem)
      : 'Your files could not be saved: the sandbox does not answer.';
  const address = URL.createObjectURL(files.value);
  const link = document.createElement('a');
  link.href = address;
  link.download = NAME;
  link.click();
  URL.revokeObjectURL(address);
  return `Your files are saved as ${NAME}.`;
}

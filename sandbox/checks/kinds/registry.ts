/** Every kind of check there is. A kind of the protocol that is not judged here does not compile. */
import type { CheckKind } from '../../protocol/checks.ts';
import type { Kind } from '../verdict.ts';
import { buildEnded, rebuildCached, rebuildQuick } from './build.ts';
import { containerRan } from './container.ts';
import { file } from './file.ts';
import { imageHas, imageKeepsNoText, imageLacks } from './image-contents.ts';
import { imageCommand, imageExists, imageRatio, imageSize, imageUser } from './image.ts';

export const kinds: { readonly [K in CheckKind]: Kind<K> } = {
  'image-exists': imageExists,
  'image-size': imageSize,
  'image-ratio': imageRatio,
  'image-user': imageUser,
  'image-command': imageCommand,
  'image-lacks': imageLacks,
  'image-has': imageHas,
  'image-keeps-no-text': imageKeepsNoText,
  'container-ran': containerRan,
  file,
  'build-ended': buildEnded,
  'rebuild-cached': rebuildCached,
  'rebuild-quick': rebuildQuick,
};

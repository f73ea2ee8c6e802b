/** Checks of what is in an image's layers, its history and its configuration. */
import type { ImageDetails } from '../../engine/view.ts';
import { met, noImage, quoted, unmet, type Kind } from '../verdict.ts';

export const imageLacks: Kind<'image-lacks'> = {
  of: 'images',
  async judge({ image, paths }, view) {
    if (!(await view.image(image))) return noImage(image);
    const [first, ...others] = await view.find(image, paths);
    if (first === undefined) return met(`${image} has none of them`);
    const more = others.length === 0 ? '' : others.length === 1 ? ' and one more' : ` and ${others.length} more`;
    return unmet('found', `${image} has /${first}${more}`);
  },
};

export const imageHas: Kind<'image-has'> = {
  of: 'images',
  async judge({ image, paths }, view) {
    if (!(await view.image(image))) return noImage(image);
    for (const path of paths) {
      if ((await view.find(image, [path])).length === 0) return unmet('not-found', `${image} has no /${path}`);
    }
    return met(`${image} has /${paths.join(', /')}`);
  },
};

export const imageKeepsNoText: Kind<'image-keeps-no-text'> = {
  of: 'images',
  async judge({ image, texts }, view) {
    const found = await view.details(image);
    if (!found) return noImage(image);
    const told = toldBy(found);
    const inHistory = texts.find((text) => told.some((line) => line.includes(text)));
    if (inHistory !== undefined) return unmet('in-history', `the history of ${image} has ${quoted([inHistory])}`);
    const [inLayer] = await view.textIn(image, texts);
    if (inLayer) return unmet('in-layer', `/${inLayer.path} in a layer of ${image} has ${quoted([inLayer.text])}`);
    return met(`neither the history nor the layers of ${image} have it`);
  },
};

/** All that `docker history` and `docker inspect` tell anybody who has the image. */
function toldBy({ history, env, labels, command, user }: ImageDetails): string[] {
  const said = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return [...history.map(({ createdBy }) => createdBy), ...env, ...said, ...command, user];
}

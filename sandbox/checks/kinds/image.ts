/** Checks of an image's name, size and configuration. */
import { sizeOf } from '../size.ts';
import { met, noImage, unmet, type Kind } from '../verdict.ts';

export const imageExists: Kind<'image-exists'> = {
  of: 'images',
  async judge({ image }, view) {
    const found = await view.image(image);
    return found ? met(`${image} is ${sizeOf(found.bytes)}`) : noImage(image);
  },
};

export const imageSize: Kind<'image-size'> = {
  of: 'images',
  async judge({ image, underMB }, view) {
    const found = await view.image(image);
    if (!found) return noImage(image);
    const saw = `${image} is ${sizeOf(found.bytes)}`;
    return found.bytes < underMB * 1e6 ? met(saw) : unmet('too-large', saw);
  },
};

export const imageRatio: Kind<'image-ratio'> = {
  of: 'images',
  async judge({ image, than, atLeast }, view) {
    const [small, large] = await Promise.all([view.image(image), view.image(than)]);
    if (!small) return noImage(image);
    if (!large) return unmet('other-missing', `there is no ${than}`);
    const ratio = large.bytes / Math.max(1, small.bytes);
    const saw = `${image} is ${sizeOf(small.bytes)}, ${than} ${sizeOf(large.bytes)}: ${times(ratio)}`;
    return ratio >= atLeast ? met(saw) : unmet('too-large', saw);
  },
};

/** Rounded down, so that what falls short never looks as if it did not. */
function times(ratio: number): string {
  return `${ratio >= 10 ? Math.floor(ratio) : Math.floor(ratio * 10) / 10} : 1`;
}

export const imageUser: Kind<'image-user'> = {
  of: 'images',
  async judge({ image, user }, view) {
    const found = await view.image(image);
    if (!found) return noImage(image);
    const [name = ''] = found.user.split(':', 1);
    if (user !== undefined && (user === found.user || user === name)) return met(`${image} runs as ${found.user}`);
    if (['', 'root', '0'].includes(name)) return unmet('root', `${image} runs as root`);
    const saw = `${image} runs as ${found.user}`;
    return user === undefined ? met(saw) : unmet('another', saw);
  },
};

export const imageCommand: Kind<'image-command'> = {
  of: 'images',
  async judge({ image, command }, view) {
    const found = await view.image(image);
    if (!found) return noImage(image);
    const saw = found.command.length === 0 ? `${image} starts nothing` : `${image} starts ${found.command.join(' ')}`;
    const same = found.command.length === command.length && command.every((word, at) => word === found.command[at]);
    return same ? met(saw) : unmet('another', saw);
  },
};

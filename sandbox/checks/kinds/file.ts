/** Checks of files in the workspace. */
import { met, quoted, unmet, type Kind } from '../verdict.ts';

export const file: Kind<'file'> = {
  of: 'files',
  async judge({ path, contains = [], lacks = [] }, view) {
    const text = await view.readFile(path);
    if (text === undefined) return unmet('missing', `there is no ${path} in the workspace`);
    const missing = contains.filter((words) => !text.includes(words));
    if (missing.length > 0) return unmet('contains', `${path} does not have ${quoted(missing)}`);
    const left = lacks.filter((words) => text.includes(words));
    if (left.length > 0) return unmet('lacks', `${path} has ${quoted(left)}`);
    return met(`${path} is as it should be`);
  },
};

/** The posture of this machine: what is enforced, what is not, and the line that would mend it. Nothing is changed. */
import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/config.ts';
import { findEngine } from '../find.ts';
import { findUser } from '../launch/system-user.ts';
import type { Places, Self } from '../places.ts';
import { readRecipes } from '../recipes.ts';
import { tunDevice } from './devices.ts';
import { rootlessEngine, seccomp } from './engine.ts';
import type { Finding, Read } from './finding.ts';
import { images, registry } from './images.ts';
import { limits } from './limits.ts';
import { userNamespaces } from './namespaces.ts';
import { disk, overlay } from './storage.ts';
import { subIdRanges } from './sub-id-ranges.ts';

const read: Read = (file) => readFile(file, 'utf8').catch(() => undefined);

/** Looks at everything at once; takes about as long as the registry takes to answer, or not to. */
export async function posture(config: Config, places: Places, who: Self, root: string): Promise<Finding[]> {
  const [engine, recipes] = await Promise.all([findEngine(config, places, who), readRecipes(root, who.env)]);
  const user = who.uid === 0 ? await findUser('slipway') : who;
  const found = engine.ok ? engine.found : undefined;
  const seen = await Promise.all([
    userNamespaces(read),
    subIdRanges(read, user),
    tunDevice(),
    limits(config, { read, uid: user?.uid, found, who }),
    seccomp(read, found),
    overlay(read, found?.facts),
    disk(places.state),
    registry(),
    images(recipes.names, found),
  ]);
  return [rootlessEngine(engine, who), ...seen.flat()];
}

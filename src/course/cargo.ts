/** What a single-stage image is made of, told from its layers. */
import type { Layer } from '../../sandbox/protocol/evidence.ts';

export interface Cargo {
  readonly what: string;
  readonly bytes: number;
}

/**
 * Sorts the layers of an image that was built on golang: the distribution, its packages, Go, what the build left, and the program.
 * @param layers oldest first
 * @param program bytes of the program alone
 * @throws Error when it was not built on golang
 */
export function cargoOf(layers: readonly Layer[], program: number): Cargo[] {
  const toolchain = layers.findIndex(({ largest }) => largest.some(({ path }) => path.startsWith('usr/local/go')));
  const packages = layers.findIndex(({ instruction }) => instruction.includes('apt-get install'));
  if (toolchain < 0 || packages < 0 || packages > toolchain)
    throw new Error('expected the layers of an image built on golang');
  const sum = (from: number, to?: number) => layers.slice(from, to).reduce((bytes, layer) => bytes + layer.bytes, 0);
  return [
    { what: 'Debian', bytes: sum(0, packages) },
    { what: 'Compilers, git and other packages', bytes: sum(packages, toolchain) },
    { what: 'Go’s toolchain', bytes: sum(toolchain, toolchain + 1) },
    { what: 'Left behind by the build', bytes: sum(toolchain + 1) - program },
    { what: 'The program', bytes: program },
  ];
}

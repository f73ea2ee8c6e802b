/** An image of a registry's as ours: named by recipe, labelled, and trusting whom this machine trusts. */
import type Dockerode from 'dockerode';
import type { Say } from '../progress/steps.ts';
import { buildImage } from './build.ts';
import { tar, textFile } from './context.ts';

export type DeriveOptions = {
  from: string;
  name: string;
  /** PEM blocks put where ca-certificates looks for a machine's own. */
  authorities: readonly string[];
  labels: Record<string, string>;
};

/** Builds the image; without authorities it has the very layers it is made from. */
export async function derive(docker: Dockerode, options: DeriveOptions, say: Say): Promise<void> {
  const { from, name, authorities, labels } = options;
  const trust = [
    'COPY ca/ /usr/local/share/ca-certificates/',
    'RUN if command -v update-ca-certificates >/dev/null; then update-ca-certificates; fi',
  ];
  const dockerfile = [`FROM ${from}`, ...(authorities.length > 0 ? trust : []), ''].join('\n');
  const context = tar([textFile('Dockerfile', dockerfile), ...authorityFiles(authorities)]);
  await buildImage(docker, context, { name, labels }, say);
}

/** One file each, as update-ca-certificates wants them. */
export function authorityFiles(authorities: readonly string[]) {
  return authorities.map((pem, index) => textFile(`ca/slipway-${index + 1}.crt`, pem));
}

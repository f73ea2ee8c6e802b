/** An image of a registry's as ours: named by recipe, labelled, and trusting whom this machine trusts. */
import type Dockerode from 'dockerode';
import type { Say } from '../progress/steps.ts';
import { buildImage } from './build.ts';
import { tar, textFile } from './context.ts';
import type { Trust } from './pins.ts';

export type DeriveOptions = {
  from: string;
  name: string;
  /** PEM blocks of authorities this machine trusts beyond the public ones. */
  authorities: readonly string[];
  labels: Record<string, string>;
};

const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Builds the image; without authorities it has the very layers it is made from.
 * @param trust where the image keeps authorities
 * @param shell an image with a shell, for one that has none itself
 */
export async function derive(
  docker: Dockerode,
  options: DeriveOptions & { trust: Trust; shell: string },
  say: Say,
): Promise<void> {
  const { name, authorities, labels } = options;
  const dockerfile = derivation(options).join('\n') + '\n';
  const context = tar([textFile('Dockerfile', dockerfile), ...authorityFiles(authorities)]);
  await buildImage(docker, context, { name, labels }, say);
}

/** The Dockerfile's lines. */
export function derivation(options: DeriveOptions & { trust: Trust; shell: string }): string[] {
  const { from, authorities, trust, shell } = options;
  if (authorities.length === 0 || trust === 'none') return [`FROM ${from}`];
  if (trust === 'folder')
    return [
      `FROM ${from}`,
      'COPY ca/ /usr/local/share/ca-certificates/',
      'RUN if command -v update-ca-certificates >/dev/null; then update-ca-certificates; fi',
    ];
  return [
    `FROM ${shell} AS trust`,
    `COPY --from=${from} ${BUNDLE} /bundle`,
    'COPY ca/ /ca/',
    'RUN cat /ca/*.crt >>/bundle',
    `FROM ${from}`,
    `COPY --from=trust /bundle ${BUNDLE}`,
  ];
}

/** One file each, as update-ca-certificates wants them. */
export function authorityFiles(authorities: readonly string[]) {
  return authorities.map((pem, index) => textFile(`ca/slipway-${index + 1}.crt`, pem));
}

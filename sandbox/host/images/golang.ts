/** The golang image: from a registry by digest, or a stand-in with the same packages and the same toolchain. */
import type Dockerode from 'dockerode';
import { buildImage } from './build.ts';
import { tar, textFile } from './context.ts';
import type { ContextFile } from './context.ts';
import { golang, golangPackages } from './pins.ts';
import { toolchainFiles } from './toolchain.ts';
import type { Say } from '../progress/steps.ts';

/** The stand-in's Dockerfile, instruction for instruction the layers of the official one. */
export function golangStandIn(base: string): string {
  const install = golangPackages.map(
    (packages) =>
      `RUN apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')} \\\n` +
      ' && apt-get clean && rm -rf /var/lib/apt/lists/*',
  );
  return [
    `FROM ${base}`,
    ...install,
    'RUN if [ "$(dpkg --print-architecture)" = arm64 ]; then apt-get update && apt-get install -y --no-install-recommends binutils-gold \\',
    ' && apt-get clean && rm -rf /var/lib/apt/lists/*; fi',
    `ENV GOLANG_VERSION=${golang.version}`,
    'ENV GOTOOLCHAIN=local',
    'ENV GOPATH=/go',
    'ENV PATH=$GOPATH/bin:/usr/local/go/bin:$PATH',
    'COPY go /usr/local/go',
    'RUN mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH"',
    'WORKDIR $GOPATH',
    'CMD ["bash"]',
    '',
  ].join('\n');
}

/**
 * Builds the stand-in.
 * @param zip the toolchain, as toolchain.ts fetched it
 */
export async function buildGolang(
  docker: Dockerode,
  options: { base: string; zip: string; name: string; labels: Record<string, string> },
  say: Say,
): Promise<void> {
  const files = async function* (): AsyncGenerator<ContextFile> {
    yield textFile('Dockerfile', golangStandIn(options.base));
    yield* toolchainFiles(options.zip);
  };
  await buildImage(docker, tar(files()), { name: options.name, labels: options.labels }, say);
}

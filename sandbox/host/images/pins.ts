/** What base images are made of: versions, digests and package sets. A change here makes them afresh. */

/** The Go release readers build with, and the names its image has in their engines. */
export const golang = {
  version: '1.26.8',
  names: ['golang:1.26.8', 'golang:1.26'],
  registry: 'golang:1.26.8-trixie@sha256:bdca99a00bc16590cb1a0bb4e698f5fc5d6a64e4d5eef13d9f18a0ee08e5fa65',
  /** Directory hashes of the toolchain's module zips, by Node's name of the architecture; source: sum.golang.org. */
  toolchain: {
    x64: { arch: 'amd64', h1: 'h1:ZOmGe1OnfREDMIdb1Qi4G9JSuDPBLGExZMQ4nis1RXM=' },
    arm64: { arch: 'arm64', h1: 'h1:sYL/O6MqS68ML0kjsQ36WoYIpJqkw60TxizWUYUKQMc=' },
  },
} as const;

export const debian = { suite: 'trixie', registry: 'debian:trixie' } as const;

/** The packages of the official golang image, layer by layer: buildpack-deps' curl and scm, then golang's own for cgo. */
export const golangPackages = [
  ['ca-certificates', 'curl', 'gnupg', 'netbase', 'sq', 'wget'],
  ['git', 'mercurial', 'openssh-client', 'subversion', 'procps'],
  ['g++', 'gcc', 'libc6-dev', 'make', 'pkg-config'],
] as const;

/** The Go module path of a toolchain and its version for one architecture. */
export function toolchainModule(arch: string): { path: string; version: string } {
  return { path: 'golang.org/toolchain', version: `v0.0.1-go${golang.version}.linux-${arch}` };
}

/**
 * The small bases that lessons compare, beside golang in every session's engine. The key is the target of the stand-in in
 * stand-ins/Dockerfile. Each digest is of the index of all architectures, as several public projects pin it.
 */
export const bases = {
  'debian-slim': {
    names: ['debian:trixie-slim', 'debian:13-slim'],
    registry: 'debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f',
    trust: 'folder',
  },
  'distroless-static': {
    names: ['gcr.io/distroless/static-debian13:nonroot'],
    registry:
      'gcr.io/distroless/static-debian13:nonroot@sha256:1c2c046bc09ed40fad370b599a0b1ae7987f55b01e247cf27a7c27cd97e5bbc7',
    trust: 'bundle',
  },
  'distroless-base': {
    names: ['gcr.io/distroless/base-debian13:nonroot'],
    registry:
      'gcr.io/distroless/base-debian13:nonroot@sha256:a696c7c8545ba9b2b2807ee60b8538d049622f0addd85aee8cec3ec1910de1f9',
    trust: 'bundle',
  },
  alpine: {
    names: ['alpine:3.22'],
    registry: 'alpine:3.22@sha256:14358309a308569c32bdc37e2e0e9694be33a9d99e68afb0f5ff33cc1f695dce',
    trust: 'bundle',
  },
  busybox: {
    names: ['busybox:1.37'],
    registry: 'busybox:1.37@sha256:9db7b59979c38555a39def84a31fb98b5296952f9e3afd4f6f11f05b07adfab0',
    trust: 'none',
  },
} as const satisfies Record<string, { names: readonly string[]; registry: string; trust: Trust }>;

export type Base = keyof typeof bases;

/**
 * Where an image keeps the authorities it trusts: in the folder that update-ca-certificates reads, which is run if it is there; in
 * /etc/ssl/certs/ca-certificates.crt alone; or nowhere.
 */
export type Trust = 'folder' | 'bundle' | 'none';

/** What is made for each of the bases. */
export function forBases<T>(make: (base: Base) => T): Record<Base, T> {
  const keys = Object.keys(bases) as Base[];
  return Object.fromEntries(keys.map((base) => [base, make(base)])) as Record<Base, T>;
}

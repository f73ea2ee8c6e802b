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

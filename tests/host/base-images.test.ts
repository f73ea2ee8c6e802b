/** The base images that lessons compare, as a reader finds them: there by name without a registry, each with what it promises. */
import { expect, test } from 'vitest';
import { privateAuthorities } from '../../sandbox/host/images/authorities.ts';
import { bases, golang } from '../../sandbox/host/images/pins.ts';
import { ownReader } from '../support/own.ts';

const own = ownReader();

async function inside(command: string): Promise<string> {
  const { text, code } = await own.reader.run(command, 120_000);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${text}`);
  return text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
}

/** Builds a Dockerfile that has no context. */
async function build(lines: readonly string[], name: string, options = ''): Promise<string> {
  const dockerfile = Buffer.from(lines.join('\n')).toString('base64');
  return inside(`echo ${dockerfile} | base64 -d | docker build -q ${options} -t ${name} -`);
}

const STATIC = bases['distroless-static'].names[0];
const GLIBC = bases['distroless-base'].names[0];
const SLIM = bases['debian-slim'].names[0];
const ALPINE = bases.alpine.names[0];
const BUSYBOX = bases.busybox.names[0];
const small = Object.values(bases).flatMap(({ names }) => [...names]);

test('every base image is there by the names that recipes use, and no other', async () => {
  const seen = await inside("docker images --format '{{.Repository}}:{{.Tag}}'");
  expect(seen.split(/\s+/).sort()).toEqual([...golang.names, ...small].sort());
});

test.each(small)('a build starts from %s as it is here, whatever a registry says', async (name) => {
  await build([`FROM ${name}`, 'ENV MADE=here'], 'from-base');
  const layers = "docker image inspect -f '{{json .RootFS.Layers}}'";
  expect(await inside(`${layers} from-base`)).toBe(await inside(`${layers} ${name}`));
});

test.each([SLIM, ALPINE, BUSYBOX])('%s has a shell, and root in it', async (name) => {
  expect(await inside(`docker run --rm ${name} sh -c 'id -u; ls -d /etc /tmp'`)).toBe('0\r\n/etc\r\n/tmp');
});

test.each([STATIC, GLIBC])('%s has no shell, and its user is nonroot', async (name) => {
  expect((await own.reader.run(`docker run --rm ${name} sh`)).code).toBe(127);
  const config = await inside(`docker image inspect -f '{{.Config.User}} {{.Config.WorkingDir}}' ${name}`);
  expect(config).toBe('65532 /home/nonroot');
});

test.each([ALPINE, STATIC, GLIBC])('%s trusts the public authorities and this machine’s own', async (name) => {
  await build([`FROM ${name} AS base`, `FROM ${BUSYBOX}`, 'COPY --from=base /etc/ssl/certs/ /'], 'bundle');
  const ours = await privateAuthorities(process.env);
  expect(Number(await inside("docker run --rm bundle grep -c 'BEGIN CERT' /ca-certificates.crt"))).toBeGreaterThan(
    100 + ours.length,
  );
  for (const authority of ours)
    await inside(`docker run --rm bundle grep -F '${authority.split('\n')[2]}' /ca-certificates.crt`);
});

test('distroless has names for its users, time zones, and a /tmp for all', async () => {
  await build([`FROM ${STATIC} AS base`, `FROM ${BUSYBOX}`, 'COPY --from=base / /base/'], 'look');
  const script =
    'cd /base; grep -c ^nonroot:x:65532: etc/passwd; stat -c %a tmp; stat -c %u:%a home/nonroot; ls etc/services usr/share/zoneinfo/Europe/Berlin';
  expect((await inside(`docker run --rm look sh -c '${script}'`)).split(/\s+/)).toEqual([
    ...['1', '1777', '65532:700'],
    ...['etc/services', 'usr/share/zoneinfo/Europe/Berlin'],
  ]);
});

test('a program linked to glibc runs where glibc is, and is not found elsewhere', async () => {
  const program =
    'package main; import "os/user"; func main() { u, _ := user.Lookup("root"); println("ran for", u.Username) }';
  const on = (name: string, stage: string) => [
    `FROM ${name} AS ${stage}`,
    'COPY --from=build /main /',
    'CMD ["/main"]',
  ];
  const lines = [
    'FROM golang:1.26 AS build',
    `RUN echo '${program}' >/main.go && CGO_ENABLED=1 go build -o /main /main.go`,
    ...[
      ...on(SLIM, 'slim'),
      ...on(GLIBC, 'glibc'),
      ...on(ALPINE, 'alpine'),
      ...on(STATIC, 'static'),
      ...on('scratch', 'none'),
    ],
  ];
  for (const [stage, code] of Object.entries({ slim: 0, glibc: 0, alpine: 255, static: 255, none: 255 })) {
    await build(lines, `linked:${stage}`, `--target ${stage}`);
    const run = await own.reader.run(`docker run --rm linked:${stage}`);
    expect(run.text, stage).toMatch(code === 0 ? /ran for root/ : /no such file or directory/);
  }
});

test.each(['golang:1.26', SLIM])('a build from %s installs packages', async (name) => {
  const install = 'RUN apt-get update && apt-get install -y --no-install-recommends upx-ucl && upx --version';
  await build([`FROM ${name}`, install], 'packed');
});

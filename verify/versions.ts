/** What a run was made with, asked in the reader's own session. */
import { arch } from 'node:process';
import type { MeasuredRun } from '../src/course/measured-schema.ts';
import type { Reader } from './reader.ts';

const QUESTIONS = {
  engine: `docker version --format '{{.Server.Version}}'`,
  buildx: `docker buildx version | grep -o '[0-9][0-9.]*[0-9]' | head -1`,
  go: `docker image inspect golang:1.26.8 --format '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^GOLANG_VERSION=//p'`,
  kernel: 'uname -r',
};

/** @throws Error naming the question that had no answer */
export async function askVersions(reader: Reader): Promise<MeasuredRun> {
  const answer = async (what: string, command: string) => {
    const { code, text } = await reader.run(command, 30_000);
    const line = text.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
    if (code !== 0 || line === '') throw new Error(`${what}: ${command} answered ${JSON.stringify(text)}`);
    return line;
  };
  return {
    date: new Date().toISOString().slice(0, 10),
    versions: {
      engine: await answer('engine', QUESTIONS.engine),
      buildx: await answer('buildx', QUESTIONS.buildx),
      go: await answer('go', QUESTIONS.go),
      kernel: await answer('kernel', QUESTIONS.kernel),
    },
    arch,
    cpus: Number(await answer('cpus', 'nproc')),
    standIn: reader.standIn,
  };
}

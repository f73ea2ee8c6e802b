import { describe, expect, it, test } from 'vitest';
import { EngineAnswer } from '../engine/view.ts';
import { check as schema, type Check } from '../protocol/checks.ts';
import { causeOf, judge } from './judge.ts';
import { kinds } from './kinds/registry.ts';
import { Unjudgeable, type Judged } from './verdict.ts';
import { buildOf, stateOf } from './view.testing.ts';

const check = (fields: Record<string, unknown>): Check => schema.parse({ id: 'c', says: 'What is asked.', ...fields });
const judged = (fields: Record<string, unknown>, state: Parameters<typeof stateOf>[0]) =>
  judge(check(fields), stateOf(state));

describe('checks of an image', () => {
  const exists = { kind: 'image-exists', image: 'a:1' };
  const size = { kind: 'image-size', image: 'a:1', underMB: 2.5 };
  const ratio = { kind: 'image-ratio', image: 'a:1', than: 'b:1', atLeast: 200 };
  const user = { kind: 'image-user', image: 'a:1', user: 'app' };
  const anyUser = { kind: 'image-user', image: 'a:1' };
  const command = { kind: 'image-command', image: 'a:1', command: ['./main', '-v'] };
  const a = (of: object) => ({ images: { 'a:1': of } });
  const both = (small: number, large: number) => ({ images: { 'a:1': { bytes: small }, 'b:1': { bytes: large } } });

  it.each([
    [exists, {}, { fault: 'missing', saw: 'there is no a:1' }],
    [exists, a({ bytes: 945_000_000 }), { verdict: 'met', saw: 'a:1 is 945 MB' }],
    [size, {}, { fault: 'missing' }],
    [size, a({ bytes: 2_500_000 }), { fault: 'too-large', saw: 'a:1 is 2.50 MB' }],
    [size, a({ bytes: 2_499_999 }), { verdict: 'met' }],
    [ratio, {}, { fault: 'missing' }],
    [ratio, a({ bytes: 1 }), { fault: 'other-missing', saw: 'there is no b:1' }],
    [ratio, both(1_000_000, 199_999_999), { fault: 'too-large', saw: 'a:1 is 1.00 MB, b:1 200 MB: 199 : 1' }],
    [ratio, both(3_600_000, 945_000_000), { verdict: 'met', saw: 'a:1 is 3.60 MB, b:1 945 MB: 262 : 1' }],
    [ratio, both(0, 945_000_000), { verdict: 'met' }],
    [user, {}, { fault: 'missing' }],
    [user, a({ user: '' }), { fault: 'root', saw: 'a:1 runs as root' }],
    [user, a({ user: '0:0' }), { fault: 'root' }],
    [user, a({ user: 'nobody' }), { fault: 'another', saw: 'a:1 runs as nobody' }],
    [user, a({ user: 'app' }), { verdict: 'met' }],
    [user, a({ user: 'app:app' }), { verdict: 'met' }],
    [anyUser, a({ user: 'root' }), { fault: 'root' }],
    [anyUser, a({ user: '10001' }), { verdict: 'met' }],
    [command, {}, { fault: 'missing' }],
    [command, a({ command: [] }), { fault: 'another', saw: 'a:1 starts nothing' }],
    [command, a({ command: ['./main'] }), { fault: 'another', saw: 'a:1 starts ./main' }],
    [command, a({ command: ['./main', '-v'] }), { verdict: 'met' }],
  ])('%o with %o: %o', async (fields, state, expected) => {
    const verdict = 'fault' in expected ? 'unmet' : 'met';
    expect(await judged(fields, state)).toMatchObject({ id: 'c', verdict, ...expected });
  });
});

describe('checks of what is in an image', () => {
  const lacks = { kind: 'image-lacks', image: 'a:1', paths: ['bin/sh', 'usr/bin/apt'] };
  const has = { kind: 'image-has', image: 'a:1', paths: ['main', 'etc/passwd'] };
  const secret = { kind: 'image-keeps-no-text', image: 'a:1', texts: ['s3cret'] };
  const images = { 'a:1': {} };

  it.each([
    [lacks, {}, { fault: 'missing' }],
    [lacks, { images, found: { 'a:1': ['bin/sh'] } }, { fault: 'found', saw: 'a:1 has /bin/sh' }],
    [lacks, { images, found: { 'a:1': ['bin/sh', 'usr/bin/apt'] } }, { saw: 'a:1 has /bin/sh and one more' }],
    [lacks, { images }, { verdict: 'met' }],
    [has, {}, { fault: 'missing' }],
    [has, { images, found: { 'a:1': ['main'] } }, { fault: 'not-found', saw: 'a:1 has no /etc/passwd' }],
    [has, { images, found: { 'a:1': ['main', 'etc/passwd'] } }, { verdict: 'met' }],
    [secret, {}, { fault: 'missing' }],
    [secret, { images: { 'a:1': { history: [{ createdBy: 'ARG T=s3cret', bytes: 0 }] } } }, { fault: 'in-history' }],
    [secret, { images: { 'a:1': { env: ['T=s3cret'] } } }, { fault: 'in-history' }],
    [secret, { images: { 'a:1': { labels: { t: 's3cret' } } } }, { fault: 'in-history' }],
    [secret, { images, texts: [{ text: 's3cret', path: 'root/.netrc' }] }, { fault: 'in-layer' }],
    [secret, { images }, { verdict: 'met' }],
  ])('%o with %o: %o', async (fields, state, expected) => {
    const verdict = 'verdict' in expected ? 'met' : 'unmet';
    expect(await judged(fields, state)).toMatchObject({ verdict, ...expected });
  });
});

describe('a container that ran', () => {
  const ran = { kind: 'container-ran', image: 'a:1', output: ['username is'] };
  const ended = (exitCode: number, output?: string) => ({ running: false, exitCode, ...(output ? { output } : {}) });

  it.each([
    [[], 'unmet', 'never'],
    [[{ running: true }], 'unmet', 'running'],
    [[ended(2, 'username is x')], 'unmet', 'exit'],
    [[ended(0, 'nothing')], 'unmet', 'output'],
    [[ended(0)], 'unknown', undefined],
    [[ended(0, 'nothing'), ended(0)], 'unknown', undefined],
    [[ended(0), ended(0, 'The username is x\r\n')], 'met', undefined],
    [[ended(1), ended(0, 'The username is x')], 'met', undefined],
  ] as const)('%o: %s %s', async (containers, verdict, fault) => {
    const result = await judged(ran, { containers: [...containers] });
    expect([result.verdict, result.fault]).toEqual([verdict, fault]);
  });

  it('needs no output where none is asked for, even of one that removed itself', async () => {
    const quiet = { kind: 'container-ran', image: 'a:1' };
    expect(await judged(quiet, { containers: [ended(0)] })).toMatchObject({ verdict: 'met' });
  });

  it('prints lines, whatever a terminal ends them with', async () => {
    const lines = { kind: 'container-ran', image: 'a:1', output: ['one\ntwo'] };
    expect(await judged(lines, { containers: [ended(0, 'one\r\ntwo\r\n')] })).toMatchObject({ verdict: 'met' });
  });
});

test.each([
  [{}, 'unmet', 'missing'],
  [{ Dockerfile: 'FROM scratch' }, 'unmet', 'contains'],
  [{ Dockerfile: 'USER app\nCOPY . .' }, 'unmet', 'lacks'],
  [{ Dockerfile: 'USER app' }, 'met', undefined],
])('a file in %o: %s %s', async (files, verdict, fault) => {
  const file = { kind: 'file', path: 'Dockerfile', contains: ['USER app'], lacks: ['COPY . .'] };
  const result = await judged(file, { files });
  expect([result.verdict, result.fault]).toEqual([verdict, fault]);
});

describe('checks of builds', () => {
  const ended = { kind: 'build-ended', file: 'Dockerfile', ended: 'failed' };
  const target = { ...ended, target: 'test' };
  const cached = { kind: 'rebuild-cached', file: 'Dockerfile', cached: ['go mod'], ran: ['go build'] };
  const quick = { kind: 'rebuild-quick', file: 'Dockerfile', ran: 'go build', ratio: 0.5 };
  const cold = buildOf({ '[b 1/2] RUN go mod download': 'done', '[b 2/2] RUN go build': 'done' }, { ms: 20_000 });
  const warm = buildOf({ '[b 1/2] RUN go mod download': 'cached', '[b 2/2] RUN go build': 'done' }, { ms: 9_000 });
  const same = buildOf({ '[b 1/2] RUN go mod download': 'cached', '[b 2/2] RUN go build': 'cached' }, { ms: 500 });

  it.each([
    [ended, [], 'never'],
    [ended, [buildOf({}, { file: 'other' })], 'never'],
    [ended, [buildOf({}, { state: 'running' })], 'running'],
    [ended, [buildOf({})], 'another'],
    [ended, [buildOf({}), buildOf({}, { state: 'failed' })], 'met'],
    [ended, [buildOf({}, { state: 'failed', file: './Dockerfile' })], 'met'],
    [ended, [buildOf({}, { state: 'failed', file: '/home/reader/workspace/Dockerfile' })], 'met'],
    [target, [buildOf({}, { state: 'failed' })], 'never'],
    [target, [buildOf({}, { state: 'failed', target: 'test' })], 'met'],
    [cached, [], 'never'],
    [cached, [cold], 'once'],
    [cached, [cold, cold], 'not-cached'],
    [cached, [same, cold], 'not-run'],
    [cached, [cold, warm], 'met'],
    [quick, [], 'never'],
    [quick, [same], 'never'],
    [quick, [same, cold], 'once'],
    [quick, [cold, warm], 'too-slow'],
    [quick, [same, warm, cold], 'met'],
  ])('%o with %o: %s', async (fields, builds, expected) => {
    const { verdict, fault } = await judged(fields, { builds });
    expect(fault ?? verdict).toBe(expected);
  });
});

describe('what cannot be judged', () => {
  const failing = (error: Error): Judged => ({ ...stateOf({}), image: () => Promise.reject(error) });
  it.each<[Error, string]>([
    [new Unjudgeable('Your Docker engine is still starting.'), 'Your Docker engine is still starting.'],
    [new EngineAnswer('the engine answered 500'), 'This could not be told: the engine answered 500.'],
    [new Error('connect ENOENT /a/path'), 'Your Docker engine did not answer.'],
  ])('%o is unknown, and says why', async (error, saw) => {
    const result = await judge(check({ kind: 'image-exists', image: 'a:1' }), failing(error));
    expect(result).toEqual({ id: 'c', verdict: 'unknown', saw });
  });

  it('says no more than fits', async () => {
    const { saw } = await judged(
      { kind: 'image-command', image: 'a:1', command: ['x'] },
      { images: { 'a:1': { command: ['y'.repeat(900)] } } },
    );
    expect(saw).toHaveLength(300);
  });
});

test('every kind is judged from something', () => {
  expect(new Set(Object.values(kinds).map(({ of }) => of))).toEqual(
    new Set(['images', 'containers', 'files', 'builds']),
  );
  expect(causeOf(check({ kind: 'file', path: 'a' }))).toBe('files');
});

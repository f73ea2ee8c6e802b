/** The real build, on a copy of the project with one lesson gone wrong. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PARTS = [
  'src',
  'public',
  'sandbox/protocol',
  'sandbox/tsconfig.json',
  'astro.config.mjs',
  'ec.config.mjs',
  'tsconfig.json',
  'package.json',
];

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'slipway-guard-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  // Only what the test says is wrong.
  rmSync(join(copy, 'src/content/lessons'), { recursive: true });
  rmSync(join(copy, 'src/measured'), { recursive: true, force: true });
  mkdirSync(join(copy, 'src/content/lessons/01-about'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true }));

function lesson(body: string, frontmatter = ''): void {
  const text = `---\ntitle: Bad\ndescription: A lesson with one thing wrong with it.\nminutes: 3\npart: From the article\n${frontmatter}---\n${body}\n`;
  writeFileSync(join(copy, 'src/content/lessons/01-about/index.mdx'), text);
}

/** Builds the copy. @returns its exit code and everything it said */
function build(env: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; said: string }>();
  const options = { cwd: copy, env: { ...process.env, ...env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } };
  const child = execFile(join(ROOT, 'node_modules/.bin/astro'), ['build'], options, (_, out, err) =>
    resolve({ code: child.exitCode ?? -1, said: out + err }),
  );
  return promise;
}

it('stops at a wrong lesson, naming file, field, what was expected and what was received', async () => {
  lesson('<Command run="ls" />', 'minuets: 3\n');
  const { code, said } = await build({ SLIPWAY_DRAFT: '1' });
  expect(code).not.toBe(0);
  expect(said).toContain('01-about/index.mdx: expected only title, description,');
  expect(said).toContain('01-about/index.mdx: Command, line 8 expect: expected a regular expression');
}, 60_000);

it('stops at a command and a figure that no run has covered, naming lesson and both', async () => {
  const imports = ['Command', 'Figure'].map(
    (name) => `import ${name} from '../../../components/lesson/${name}.astro';\n`,
  );
  lesson(`${imports.join('')}\n<Command run="true" expect="a" id="new" />\n\n<Figure took="new" />`);
  const { code, said } = await build();
  expect(code).not.toBe(0);
  expect(said).toContain('lesson about: the command "new" has not been verified: npm run verify -- about');
  expect(said).toContain('lesson about: the figure {"took":"new"} has not been measured: npm run verify -- about');
}, 60_000);

it('says in development what is wrong as soon as it is saved', async () => {
  lesson('Nothing is wrong.');
  const { PATH, HOME } = process.env;
  // What a test's own runner sets would turn watching off.
  const env = { PATH, HOME, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const dev = spawn(join(ROOT, 'node_modules/.bin/astro'), ['dev', '--port', '0'], { cwd: copy, env });
  const closed = once(dev, 'close');
  let said = '';
  for (const stream of [dev.stdout, dev.stderr]) {
    stream.on('data', (text) => {
      said += String(text);
      dev.emit('said');
    });
  }
  const heard = async (words: string) => {
    while (!said.includes(words)) await once(dev, 'said', { signal: AbortSignal.timeout(20_000) });
  };
  try {
    await heard('watching for file changes');
    lesson('Nothing is wrong.', 'minuets: 3\n');
    await heard('01-about/index.mdx: expected only title,');
  } catch (error) {
    throw new Error(said, { cause: error });
  } finally {
    dev.kill();
    await closed;
  }
}, 60_000);

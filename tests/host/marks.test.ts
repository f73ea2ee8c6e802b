/** The shell says where a command ends and how, whatever its reader has made of the prompt. */
import { describe, expect, test } from 'vitest';
import { Desk } from '../../verify/desk.ts';
import { drawn } from '../../verify/screen.ts';
import { ownGateway } from '../support/own.ts';

const own = ownGateway();

describe('the end of a command and its exit code are told', () => {
  test.each([
    ['as it is', 'true'],
    ['with another prompt', `PS1='> '`],
    ['with a prompt of two lines', String.raw`PS1='\w\n\$ '`],
    ['with a prompt command of the reader’s own', `PROMPT_COMMAND='true'`],
    ['with one more prompt command', `PROMPT_COMMAND+=('false')`],
    ['after reading the settings again', '. ~/.bashrc'],
    ['with the strictest settings', 'set -u -o pipefail'],
  ])('%s', async (_, setting) => {
    await using desk = await Desk.open(own.gateway.origin);
    await desk.typist.run({ run: setting }, 10_000);
    const failed = await desk.typist.run({ run: 'printf "a\\nb"; (exit 7)' }, 10_000);
    expect(failed.exit).toBe(7);
    expect(await drawn(failed.pieces.map(({ text }) => text).join(''))).toBe('a\nb');
    expect((await desk.typist.run({ run: 'true' }, 10_000)).exit).toBe(0);
  });

  test('after Ctrl-C, and for a program that asks', async () => {
    await using desk = await Desk.open(own.gateway.origin);
    const run = 'read -p "name? " name; echo "<$name>"';
    const asked = await desk.typist.run({ run, keys: [{ after: 'name\\? ', type: 'Ada\r' }] }, 10_000);
    expect(await drawn(asked.pieces.map(({ text }) => text).join(''))).toBe('name? Ada\n<Ada>');
    const sleep = { run: "sh -c 'echo begun; sleep 60'", keys: [{ after: 'begun', type: '\x03' }] };
    const stopped = await desk.typist.run(sleep, 10_000);
    expect(stopped.exit).toBe(130);
  });
});

import { expect, it } from 'vitest';
import { drawn, fullScreen, plain } from './screen.ts';

it('draws what a reader sees', async () => {
  expect(await drawn('one\r\n\x1b[31mtwo\x1b[0m\r\n')).toBe('one\ntwo');
  expect(await drawn('10 %\r20 %\r\n[+] 1/2\r\n\x1b[1A\x1b[2K[+] 2/2\r\n')).toBe('20 %\n[+] 2/2');
});

it('makes one line of what was wrapped, and keeps what scrolled away', async () => {
  const long = 'x'.repeat(250);
  const lines = Array.from({ length: 100 }, (_, index) => String(index));
  expect(await drawn(`${long}\r\n${lines.join('\r\n')}`)).toBe([long, ...lines].join('\n'));
});

it('takes out what is no text', () => {
  expect(plain('\x1b[1;36m~\x1b[0m \x1b]0;t\x07a\x1b(Bb\r\n\x1b[?25l')).toBe('~ ab\n');
});

it('knows a program that took the whole screen', async () => {
  const nano = '\x1b[?1049hGNU nano\x1b[?1049l';
  expect(fullScreen(nano)).toBe(true);
  expect(await drawn(nano)).toBe('');
});

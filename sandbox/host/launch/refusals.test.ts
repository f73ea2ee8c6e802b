import { expect, test } from 'vitest';
import { alreadyRunning, portBusy } from './refusals.ts';

const at = { host: '127.0.0.1', port: 4321 };
const url = 'http://127.0.0.1:4321';

test('every refusal says what to do', () => {
  expect(alreadyRunning(url, 12)).toMatch(
    /already running at http:\/\/127\.0\.0\.1:4321\/ \(process 12\)[^]*Open it, or stop it/,
  );
  expect(portBusy('slipway', at, url)).toContain('PORT=4322 SLIPWAY_INSTANCE=second npm start');
  expect(portBusy('taken', at, url)).toMatch(/taken by another program[^]*PORT=4322 npm start/);
  expect(portBusy('taken', { ...at, port: 65_535 }, url)).toContain('PORT=65534');
  expect(portBusy({ unusable: 'EACCES' }, { ...at, port: 80 }, url)).toContain('1024 or more');
});

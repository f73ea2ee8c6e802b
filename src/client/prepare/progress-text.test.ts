import { expect, test } from 'vitest';
import { progressOf } from './progress-text.ts';

const prepared = { type: 'prepared', ask: 1 } as const;

test('progress in words and as a share', () => {
  expect(progressOf({ ...prepared, state: 'working', step: 2, of: 4, says: '#7 RUN go build' }, 'Done.')).toEqual({
    says: 'Step 2 of 4',
    line: '#7 RUN go build',
    share: 0.25,
  });
  // Before the first step it looks at the files.
  expect(progressOf({ ...prepared, state: 'working', step: 0, of: 4, says: 'Looking.' }, 'Done.')).toEqual({
    says: 'Getting ready…',
    line: 'Looking.',
    share: undefined,
  });
  expect(progressOf({ ...prepared, state: 'done' }, 'Done.')).toMatchObject({ says: 'Done.', share: 1 });
});

test('an end without success says what was left', () => {
  expect(progressOf({ ...prepared, state: 'failed', says: 'goapp: exit code 1' }, '').says).toBe('goapp: exit code 1');
  expect(progressOf({ ...prepared, state: 'edited', paths: ['app.go'] }, '').says).toBe('Nothing was changed.');
});

import { expect, it } from 'vitest';
import { frontmatter } from './frontmatter.ts';

const good = {
  title: 'Single stage',
  description: 'Build the program the way everyone starts.',
  minutes: 6,
  part: 'From the article',
};

const complaint = (fields: object) =>
  frontmatter.safeParse(fields).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);

it('takes a good one', () => expect(complaint(good)).toBeUndefined());

it('says which field, what was expected and what was received', () => {
  expect(complaint({ ...good, minutes: 'six' })).toEqual([
    'minutes: expected a whole number of minutes from 1 to 60, received "six"',
  ]);
  expect(complaint({ ...good, minutes: 0 })).toEqual([
    'minutes: expected a whole number of minutes from 1 to 60, received 0',
  ]);
  expect(complaint({ ...good, minutes: 1.5 })).toEqual([
    'minutes: expected a whole number of minutes from 1 to 60, received 1.5',
  ]);
  expect(complaint({ ...good, title: undefined })).toEqual(['title: expected text, received nothing']);
  expect(complaint({ ...good, description: 'Short.' })).toEqual([
    'description: expected at least 30 characters, received "Short."',
  ]);
  expect(complaint({ ...good, part: 'Else' })).toEqual([
    'part: expected one of From the article, Beyond the article; received "Else"',
  ]);
});

it('names an unknown field', () => {
  expect(complaint({ ...good, minuets: 3 })).toEqual([
    ': expected only title, description, minutes, part, needs, makes, checks, solve; received minuets as well',
  ]);
});

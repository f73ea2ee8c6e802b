import { describe, expect, it } from 'vitest';
import { folderOf, hrefOf, inOrder, neighbours, placeOf } from './order.ts';

const lesson = (number: number, slug: string) => ({ number, slug });

describe('placeOf', () => {
  it('reads number and slug from the folder', () => {
    expect(placeOf('/any/where/03-the-go-application/index.mdx')).toEqual({ number: 3, slug: 'the-go-application' });
    expect(placeOf('12-last/index.mdx')).toEqual({ number: 12, slug: 'last' });
  });

  it.each([
    '3-short/index.mdx',
    '03-Upper/index.mdx',
    '03-a/other.mdx',
    '03_a/index.mdx',
    '03-a-/index.mdx',
    'a03-b/index.mdx',
  ])('refuses %s by name', (path) => expect(() => placeOf(path)).toThrow(path));
});

it('names the folder', () => expect(folderOf('x/03-the-go-application/index.mdx')).toBe('03-the-go-application'));

describe('inOrder', () => {
  it('sorts by number', () => {
    expect(inOrder([lesson(2, 'b'), lesson(3, 'c'), lesson(1, 'a')]).map((one) => one.slug)).toEqual(['a', 'b', 'c']);
  });

  it('names a gap, a double number and a double slug', () => {
    expect(() => inOrder([lesson(1, 'a'), lesson(3, 'c')])).toThrow('03-c/index.mdx: number: expected 2, received 3');
    expect(() => inOrder([lesson(1, 'a'), lesson(1, 'b')])).toThrow('01-b/index.mdx: number: expected 2, received 1');
    expect(() => inOrder([lesson(1, 'a'), lesson(2, 'a')])).toThrow(
      '02-a/index.mdx: slug: expected one of its own, received "a"',
    );
  });
});

describe('neighbours', () => {
  const course = inOrder([lesson(1, 'a'), lesson(2, 'b'), lesson(3, 'c')]);

  it('gives both sides, and nothing past an end', () => {
    expect(neighbours(course, 'b')).toEqual({ before: lesson(1, 'a'), after: lesson(3, 'c') });
    expect(neighbours(course, 'a').before).toBeUndefined();
    expect(neighbours(course, 'c').after).toBeUndefined();
  });

  it('gives nothing for a lesson that is not there', () => {
    expect(neighbours(course, 'z')).toEqual({ before: undefined, after: undefined });
  });
});

it('makes the address without the number', () =>
  expect(hrefOf(lesson(4, 'single-stage'))).toBe('/lessons/single-stage/'));

import { beforeEach, describe, expect, it } from 'vitest';
import { KEY, ProgressStore } from './store.ts';

let kept: Map<string, string>;
let told: number;
const shelf = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
  removeItem: (key: string) => void kept.delete(key),
};
const store = () =>
  new ProgressStore(
    shelf,
    () => '2026-01-31',
    () => (told += 1),
  );

beforeEach(() => {
  kept = new Map();
  told = 0;
});

it('keeps what was opened, met and answered', () => {
  store().open('about');
  store().meet('about', ['built'], ['built', 'small']);
  store().answer('about', 'how-large', '1');
  expect(store().of('about')).toEqual({
    opened: '2026-01-31',
    met: ['built'],
    answers: { 'how-large': '1' },
  });
  expect(told).toBe(3);
});

it('is done when every check has been met once, whatever becomes of them', () => {
  store().meet('about', ['built'], ['built', 'small']);
  expect(store().of('about').done).toBeUndefined();
  store().meet('about', ['small'], ['built', 'small']);
  store().meet('about', [], ['built', 'small']);
  expect(store().of('about').done).toBe('2026-01-31');
});

it('says nothing when nothing changes', () => {
  store().meet('about', ['built'], ['built']);
  store().meet('about', ['built'], ['built']);
  store().open('about');
  store().open('about');
  expect(told).toBe(2);
});

it('adds up what several tabs do', () => {
  const [one, other] = [store(), store()];
  one.open('about');
  other.open('single-stage');
  one.finish('about');
  expect(Object.keys(other.all.lessons)).toEqual(['about', 'single-stage']);
  expect(other.of('about').done).toBe('2026-01-31');
});

it('keeps lessons it does not know', () => {
  kept.set(KEY, JSON.stringify({ version: 1, lessons: { gone: { met: ['x'], answers: {}, later: 'field' } } }));
  store().open('about');
  expect(JSON.parse(kept.get(KEY) ?? '')).toMatchObject({ lessons: { gone: { met: ['x'], later: 'field' } } });
});

describe('what cannot be read is set aside, not lost', () => {
  it.each([
    '',
    '{',
    '[]',
    '{"version":99,"lessons":{}}',
    '{"version":1,"lessons":{"a":3}}',
    '{"version":0,"lessons":{}}',
  ])('%s', (text) => {
    kept.set(KEY, text);
    store().open('about');
    expect(store().of('about').opened).toBe('2026-01-31');
    expect(kept.get(`${KEY}-aside-2026-01-31`)).toBe(text);
  });

  it('and a second one does not overwrite the first', () => {
    for (const text of ['{', '[']) {
      kept.set(KEY, text);
      store().open('about');
    }
    expect(kept.get(`${KEY}-aside-2026-01-31`)).toBe('{');
    expect(kept.get(`${KEY}-aside-2026-01-31-`)).toBe('[');
  });
});

it('adds an export to what is there', () => {
  store().meet('about', ['built'], ['built']);
  const exported = JSON.stringify(store().all);
  store().clear();
  expect(store().all.lessons).toEqual({});
  store().open('multi-stage');
  expect(store().add(exported)).toBe(true);
  expect(store().of('about').done).toBe('2026-01-31');
  expect(store().of('multi-stage').opened).toBe('2026-01-31');
  expect(store().add('{"version":2}')).toBe(false);
});

it('holds for the page where storage is shut off', () => {
  const shut = new ProgressStore(
    undefined,
    () => '2026-01-31',
    () => undefined,
  );
  shut.finish('about');
  expect(shut.of('about').done).toBe('2026-01-31');
});

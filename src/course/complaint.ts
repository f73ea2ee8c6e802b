/** What is wrong with a lesson, said in one form: file: field: expected …, received …. */
import type { z } from 'zod';

/** Stops a build: every complaint on a line of its own. */
export class CourseError extends Error {
  readonly complaints: readonly string[];
  constructor(complaints: readonly string[]) {
    super(complaints.join('\n'));
    this.name = 'CourseError';
    this.complaints = complaints;
  }
}

/** One complaint. @param where what is wrong within the file: a field, or a block with its line */
export function complaint(file: string, where: string, expected: string, received: unknown): string {
  return `${file}: ${where}: expected ${expected}, received ${show(received)}`;
}

/**
 * The complaints of a schema.
 * @param prefix put before the path of each field, for example the block's name
 */
export function complaintsOf(file: string, prefix: string, error: z.ZodError, input: unknown): string[] {
  return error.issues.map((issue) => {
    const { expected, path } = expectation(issue);
    const where = [prefix, dotted(path)].filter((part) => part !== '').join(' ');
    const begin = where === '' ? file : `${file}: ${where}`;
    if (/^expected .*received /s.test(expected)) return `${begin}: ${expected}`;
    const value = at(input, path);
    return `${begin}: ${expected.startsWith('expected ') ? expected : `expected ${expected}`}, received ${show(value)}`;
  });
}

type Issue = z.ZodError['issues'][number];

function expectation(issue: Issue): { expected: string; path: PropertyKey[] } {
  const { path } = issue;
  if (issue.message.startsWith('expected ')) return { expected: issue.message, path };
  switch (issue.code) {
    case 'unrecognized_keys':
      return { expected: `expected no unknown field, received ${issue.keys.join(', ')}`, path };
    case 'invalid_value':
      return { expected: `one of ${issue.values.map(String).join(', ')}`, path };
    case 'invalid_type':
      return { expected: kinds[issue.expected] ?? issue.expected, path };
    case 'too_small':
      return { expected: `at least ${issue.minimum} ${unit(issue.origin)}`.trim(), path };
    case 'too_big':
      return { expected: `at most ${issue.maximum} ${unit(issue.origin)}`.trim(), path };
    case 'invalid_union': {
      const options: unknown = 'options' in issue ? issue.options : undefined;
      return { expected: Array.isArray(options) ? `one of ${options.join(', ')}` : 'another kind of value', path };
    }
    case 'invalid_format':
      return { expected: 'pattern' in issue ? `text like ${issue.pattern ?? issue.format}` : issue.format, path };
    default:
      return { expected: issue.message, path };
  }
}

/** What a schema calls its types, in an author's words. */
const kinds: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields',
  record: 'fields',
};

function unit(origin: string): string {
  return origin === 'string' ? 'characters' : origin === 'array' ? 'entries' : '';
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

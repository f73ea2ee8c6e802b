/** What is kept of a reader's way through the course, and how it is read from a text that may be anything. Pure. */

export const VERSION = 1;

/** One lesson's. Days are YYYY-MM-DD. */
export interface LessonRecord {
  readonly opened?: string;
  /** When it was first finished; it stays finished whatever becomes of the sandbox. */
  readonly done?: string;
  /** Ids of checks that have been met once. */
  readonly met: readonly string[];
  /** Answers by the quiz's name. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Lessons by slug. A slug that the course does not have, or not any more, is kept. */
export interface ProgressRecord {
  readonly version: typeof VERSION;
  readonly lessons: Readonly<Record<string, LessonRecord>>;
}

export const nothing: ProgressRecord = { version: VERSION, lessons: {} };
export const untouched: LessonRecord = { met: [], answers: {} };

/** Brings the record of an older version to the one after it, by version. */
const migrations: Readonly<Record<number, (old: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {};

/**
 * Reads a kept or exported text.
 * @returns undefined when it is no record that this version can read
 */
export function readProgress(text: string): ProgressRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isFields(value) || typeof value['version'] !== 'number') return undefined;
  let record = value;
  for (let from = value['version']; from < VERSION; from += 1) {
    const migrate = migrations[from];
    if (!migrate) return undefined;
    record = migrate(record);
  }
  if (record['version'] !== VERSION || !isFields(record['lessons'])) return undefined;
  const lessons = Object.entries(record['lessons']).map(([slug, one]) => [slug, readLesson(one)] as const);
  if (lessons.some(([, lesson]) => lesson === undefined)) return undefined;
  return { version: VERSION, lessons: Object.fromEntries(lessons) as Record<string, LessonRecord> };
}

/** Both together: the earlier day, every check and, of a quiz answered twice, the second's answer. */
export function merged(first: ProgressRecord, second: ProgressRecord): ProgressRecord {
  const slugs = [...new Set([...Object.keys(first.lessons), ...Object.keys(second.lessons)])];
  const lessons = slugs.map((slug) => {
    const a = first.lessons[slug] ?? untouched;
    const b = second.lessons[slug] ?? untouched;
    return [slug, mergedLesson(a, b)] as const;
  });
  return { version: VERSION, lessons: Object.fromEntries(lessons) };
}

function mergedLesson(a: LessonRecord, b: LessonRecord): LessonRecord {
  const [opened] = [a.opened, b.opened].filter((day) => day !== undefined).sort();
  const [done] = [a.done, b.done].filter((day) => day !== undefined).sort();
  return {
    ...(opened === undefined ? {} : { opened }),
    ...(done === undefined ? {} : { done }),
    met: [...new Set([...a.met, ...b.met])],
    answers: { ...a.answers, ...b.answers },
  };
}

function readLesson(value: unknown): LessonRecord | undefined {
  if (!isFields(value)) return undefined;
  const { opened, done, met = [], answers = {} } = value;
  const isDay = (day: unknown) => day === undefined || (typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day));
  if (!isDay(opened) || !isDay(done)) return undefined;
  if (!Array.isArray(met) || !met.every((id) => typeof id === 'string')) return undefined;
  if (!isFields(answers) || !Object.values(answers).every((answer) => typeof answer === 'string')) return undefined;
  return value['met'] && value['answers']
    ? (value as unknown as LessonRecord)
    : ({ ...value, met, answers } as LessonRecord);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

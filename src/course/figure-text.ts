/** Finds a figure among what was measured, and writes it as prose does. */
import { articleText } from './article.ts';
import type { Figure } from './figure.ts';
import type { MeasuredLesson } from './measured-schema.ts';
import { durationText, sizeText, timesText } from './quantities.ts';

/**
 * @param slug of the lesson the figure stands in
 * @param measured gives what a lesson's run measured; undefined when there was none
 * @returns undefined when it has not been measured
 */
export function figureText(
  figure: Figure,
  slug: string,
  measured: (slug: string) => MeasuredLesson | undefined,
): string | undefined {
  if ('article' in figure) return articleText(figure.article);
  const lesson = measured(figure.lesson ?? slug);
  if (!lesson) return undefined;
  if ('size' in figure) return maybe(lesson.images[figure.size]?.bytes, sizeText);
  if ('ratio' in figure) {
    const [large, small] = figure.ratio.map((name) => lesson.images[name]?.bytes);
    return maybe(large === undefined || !small ? undefined : large / small, timesText);
  }
  if ('took' in figure) return maybe(lesson.commands.find(({ key }) => key === figure.took)?.ms, durationText);
  if ('step' in figure) {
    const build = lesson.builds.findLast(
      ({ file, steps }) =>
        file === figure.file && steps.some(({ name, state }) => name.includes(figure.step) && state === 'done'),
    );
    const step = build?.steps.find(({ name, state }) => name.includes(figure.step) && state === 'done');
    return maybe(step?.ms, durationText);
  }
  return maybe(lesson.figures[figure.captured], (value) => (figure.unit ? `${value} ${figure.unit}` : value));
}

function maybe<T>(value: T | undefined, text: (value: T) => string): string | undefined {
  return value === undefined ? undefined : text(value);
}

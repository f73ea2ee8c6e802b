/** The start state of each lesson, for the page's "Catch me up": files and steps, as the sandbox takes them. */
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { prepare } from '../../../sandbox/protocol/messages.ts';
import { readCourse } from '../../course/course-source.ts';
import { startState } from '../../course/start-state.ts';

/** A message must fit a frame of 64 KiB; the rest of the message is short. */
const MOST = 60 * 1024;

/** @throws Error naming the lesson whose start state the sandbox would not take */
export const getStaticPaths = (() => {
  const course = readCourse(join(process.cwd(), 'src/content/lessons'));
  return course.map((lesson) => {
    const start = startState(course, lesson);
    const read = prepare.pick({ files: true, steps: true }).safeParse(start);
    if (!read.success)
      throw new Error(`${lesson.slug}: the sandbox would not take its start state: ${read.error.message}`);
    const body = JSON.stringify(read.data);
    if (Buffer.byteLength(body) > MOST) {
      throw new Error(`${lesson.slug}: its start state is ${Buffer.byteLength(body)} bytes, expected at most ${MOST}`);
    }
    return { params: { slug: lesson.slug }, props: { body } };
  });
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ body: string }> = ({ props }) =>
  new Response(props.body, { headers: { 'content-type': 'application/json' } });

/** Stops a build of the site that would publish a wrong lesson, or one that shows what no run has measured. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, HookParameters } from 'astro';
import { CourseError } from './complaint.ts';
import { tryCourse } from './course-source.ts';
import { uncovered } from './coverage.ts';
import { proofread } from './proofread.ts';

const HOW_TO_DRAFT = 'With SLIPWAY_DRAFT=1 the site is built with what has not been measured marked as such.';

/** In a build the first hook of all, so that a lesson's own words come before any other error; elsewhere it only tells. */
export function courseGuard(): AstroIntegration {
  return {
    name: 'slipway-course',
    hooks: {
      'astro:config:setup': ({ command, config, logger }) => {
        if (command !== 'build' && command !== 'dev') return;
        const draft = process.env['SLIPWAY_DRAFT'] === '1';
        const wrong = courseComplaints(fileURLToPath(config.srcDir), draft);
        if (wrong.length === 0) return;
        if (command === 'build') throw new CourseError(draft ? wrong : [...wrong, HOW_TO_DRAFT]);
        for (const line of wrong) logger.warn(line);
      },
      'astro:server:setup': tellWhileWriting,
    },
  };
}

/** Whenever a lesson is saved with something wrong, says so in the log and over the page; once it is mended, loads the page anew. */
function tellWhileWriting({ server, logger }: HookParameters<'astro:server:setup'>): void {
  const { watcher, ws, config } = server;
  const source = join(config.root, 'src');
  const lessons = join(source, 'content/lessons/');
  let told = '';
  const overPage = () => {
    if (told !== '') ws.send({ type: 'error', err: { message: told, stack: '' } });
  };
  // A page that loads anew would not show it any more.
  ws.on('connection', overPage);
  watcher.on('all', (_, path) => {
    if (!path.startsWith(lessons)) return;
    const wrong = courseComplaints(source, true);
    const before = told;
    told = wrong.join('\n');
    if (told === before) return;
    for (const line of wrong) logger.error(line);
    overPage();
    if (told !== '') return;
    logger.info('The lessons read well.');
    ws.send({ type: 'full-reload' });
  });
}

/**
 * Everything wrong with the course as it stands.
 * @param source the site's src/
 * @param draft whether what is not measured is let through
 */
export function courseComplaints(source: string, draft: boolean): string[] {
  const { course, complaints } = tryCourse(`${source}/content/lessons`);
  const wrong = [...complaints, ...course.flatMap(proofread)];
  if (wrong.length > 0 || draft) return wrong;
  return uncovered(course, `${source}/measured`);
}

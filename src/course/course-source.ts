/** The whole course as its authors wrote it, and what can be wrong between lessons. */
import { join } from 'node:path';
import { complaint, CourseError } from './complaint.ts';
import { readLesson, type LessonSource } from './lesson-source.ts';
import { inOrder } from './order.ts';
import { lessonFolders } from './workspace.ts';

/**
 * Reads all lessons in order.
 * @param lessons the folder that holds the NN-slug folders
 * @throws CourseError with everything that is wrong in any of them
 */
export function readCourse(lessons: string): LessonSource[] {
  const { course, complaints } = tryCourse(lessons);
  if (complaints.length > 0) throw new CourseError(complaints);
  return course;
}

/** The lessons that can be read, in order, and what is wrong with the others and between them. */
export function tryCourse(lessons: string): { course: LessonSource[]; complaints: string[] } {
  const read: LessonSource[] = [];
  const complaints: string[] = [];
  for (const folder of lessonFolders(lessons)) {
    try {
      read.push(readLesson(join(lessons, folder, 'index.mdx')));
    } catch (error) {
      if (error instanceof CourseError) complaints.push(...error.complaints);
      else complaints.push(error instanceof Error ? error.message : String(error));
    }
  }
  // With one missing, numbers and needs say nothing.
  if (complaints.length > 0) return { course: read, complaints };
  try {
    return { course: inOrder(read), complaints: unmadeNeeds(read) };
  } catch (error) {
    return { course: read, complaints: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Images that a lesson needs and no lesson before it makes. */
function unmadeNeeds(course: readonly LessonSource[]): string[] {
  const made = new Set<string>();
  return course.flatMap(({ folder, data }) => {
    const missing = data.needs.filter((image) => !made.has(image));
    for (const image of Object.keys(data.makes)) made.add(image);
    const file = `${folder.slice(folder.lastIndexOf('/') + 1)}/index.mdx`;
    return missing.map((image) => complaint(file, 'needs', 'an image that an earlier lesson makes', image));
  });
}

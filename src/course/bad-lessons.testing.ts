/** Lessons with one thing wrong each, and what the build must say of it. */
export interface BadLesson {
  readonly wrong: string;
  /** Put in place of good parts of the lesson. */
  readonly frontmatter?: string;
  readonly body?: string;
  readonly says: string;
}

const check = (rest: string) =>
  `checks:\n  - id: built\n    says: The image is there.\n${rest}solve: [docker pull x:1]`;

export const badLessons: readonly BadLesson[] = [
  {
    wrong: 'an unknown field',
    frontmatter: 'minuets: 3',
    says: '02-bad/index.mdx: expected only title, description, minutes, part, needs, makes, checks, solve; received minuets as well',
  },
  {
    wrong: 'a field of another type',
    frontmatter: 'needs: goapp:one',
    says: '02-bad/index.mdx: needs: expected a list, received "goapp:one"',
  },
  {
    wrong: 'frontmatter that is no YAML',
    frontmatter: 'needs: [a',
    says: '02-bad/index.mdx: frontmatter: expected YAML, received ',
  },
  {
    wrong: 'an unknown kind of check',
    frontmatter: check('    kind: image-eats\n    image: x:1\n'),
    says: '02-bad/index.mdx: checks.0.kind: expected one of image-exists, image-size,',
  },
  {
    wrong: 'a check with an unknown field',
    frontmatter: check('    kind: image-exists\n    image: x:1\n    size: 3\n'),
    says: '02-bad/index.mdx: checks.0: expected no unknown field, received size',
  },
  {
    wrong: 'a check without what it looks at',
    frontmatter: check('    kind: image-exists\n'),
    says: '02-bad/index.mdx: checks.0.image: expected text, received nothing',
  },
  {
    wrong: 'a hint for a fault its kind does not know',
    frontmatter: check('    kind: image-exists\n    image: x:1\n    hints: { too-large: Make it smaller. }\n'),
    says: '02-bad/index.mdx: checks.0.hints: expected no unknown field, received too-large',
  },
  {
    wrong: 'two checks with one id',
    frontmatter: `checks:
  - { id: same, kind: image-exists, says: The first is there., image: 'x:1' }
  - { id: same, kind: image-exists, says: The second is there., image: 'x:2' }
solve: [docker pull x:1]`,
    says: '02-bad/index.mdx: checks: expected an id of its own for each, received "same"',
  },
  {
    wrong: 'checks that nothing makes pass',
    frontmatter: 'checks:\n  - { id: built, kind: image-exists, says: The image is there., image: x:1 }',
    says: '02-bad/index.mdx: checks: expected files in solution/ or commands in solve that make them pass, received nothing',
  },
  {
    wrong: 'a need that no earlier lesson makes',
    frontmatter: "needs: ['goapp:none']",
    says: '02-bad/index.mdx: needs: expected an image that an earlier lesson makes, received "goapp:none"',
  },
  {
    wrong: 'a command without an expectation',
    body: '<Command run="ls" />',
    says: '02-bad/index.mdx: Command, line 9 expect: expected a regular expression, or a list of at most 8, received nothing',
  },
  {
    wrong: 'a command without an expectation, inside another block',
    body: '<Aside title="x">\n\n<Command run="ls" />\n\n</Aside>',
    says: '02-bad/index.mdx: Command, line 11 expect: expected a regular expression',
  },
  {
    wrong: 'an expectation that is no pattern',
    body: '<Command run="ls" expect="a(" />',
    says: '02-bad/index.mdx: Command, line 9 expect: expected a regular expression',
  },
  {
    wrong: 'a command with an unknown property',
    body: '<Command run="ls" expect="a" timeout={3} />',
    says: '02-bad/index.mdx: Command, line 9: expected no unknown field, received timeout',
  },
  {
    wrong: 'an exit code that is none',
    body: '<Command run="ls" expect="a" exit="1" />',
    says: '02-bad/index.mdx: Command, line 9 exit: expected a number, received "1"',
  },
  {
    wrong: 'a command made by an expression',
    body: '<Command run={"l" + "s"} expect="a" />',
    says: '02-bad/index.mdx: Command, line 9 run: expected text, numbers, lists and objects written out, received {"l" + "s"}',
  },
  {
    wrong: 'properties from elsewhere',
    body: '<Command {...props} />',
    says: '02-bad/index.mdx: Command, line 9 ...: expected each property by its name',
  },
  {
    wrong: 'one command twice',
    body: '<Command run="ls" expect="a" />\n\n<Command run="ls" expect="b" />',
    says: '02-bad/index.mdx: Command, line 11: expected an id of its own (line 9 has the same), received "ls"',
  },
  {
    wrong: 'a file that is not there',
    body: '<File path="Dockerfile.none" />',
    says: '02-bad/index.mdx: File, line 9 path: expected a file in workspace/ of this lesson or an earlier one, received "Dockerfile.none"',
  },
  {
    wrong: 'a difference from a file that is not there',
    body: '<File path="Dockerfile" diff="Dockerfile.none" />',
    says: '02-bad/index.mdx: File, line 9 diff: expected a file in workspace/',
  },
  {
    wrong: 'a figure of no kind',
    body: 'It is <Figure weight="x:1" /> large.',
    says: '02-bad/index.mdx: Figure, line 9: expected one of size, ratio, took, captured, step, article, received weight',
  },
  {
    wrong: 'a figure the article does not have',
    body: 'It is <Figure article="weight" /> large.',
    says: '02-bad/index.mdx: Figure, line 9 article: expected one of singleMB, multiMB,',
  },
  {
    wrong: 'text that is no MDX',
    body: 'An <Aside that never ends',
    says: '02-bad/index.mdx: line 9: expected MDX, received "An <Aside that never ends" (',
  },
  {
    wrong: 'a block that is not closed',
    body: '<Hint>\n\nMore of it.',
    says: '02-bad/index.mdx: line 9: expected MDX, received "<Hint>" (Expected a closing tag for `<Hint>`)',
  },
];

/** The text of a lesson with one thing wrong. */
export function badLesson({ frontmatter = '', body = '' }: BadLesson): string {
  // The body is on line 9, whatever the frontmatter.
  return frontmatter === ''
    ? `---\ntitle: Bad\ndescription: A lesson with one thing wrong with it.\nminutes: 3\npart: From the article\n---\n\n\n${body}\n`
    : `---\ntitle: Bad\ndescription: A lesson with one thing wrong with it.\nminutes: 3\npart: From the article\n${frontmatter}\n---\n\n${body}\n`;
}

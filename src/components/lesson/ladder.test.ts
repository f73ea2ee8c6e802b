import { expect, it } from 'vitest';
import { instructionsOf, ladder } from './ladder.ts';

const again = (dockerfile: string, changed: string) =>
  ladder(instructionsOf(dockerfile), changed)
    .filter((rung) => rung.again)
    .map(({ instruction }) => instruction);

it('carries out again what comes after the change', () => {
  expect(again('FROM a\nCOPY . .\nRUN fetch\nRUN build', 'COPY . .')).toEqual(['COPY . .', 'RUN fetch', 'RUN build']);
  expect(again('FROM a\nCOPY go.mod .\nRUN fetch\nCOPY . .\nRUN build', 'COPY . .')).toEqual(['COPY . .', 'RUN build']);
});

it('goes on in stages that copy from a changed one, and only there', () => {
  const file =
    'FROM a AS one\nRUN x\nFROM b AS two\nRUN y\nFROM scratch\nCOPY --from=two /y .\nCOPY --from=one /x .\nUSER app';
  expect(again(file, 'RUN x')).toEqual(['RUN x', 'COPY --from=one /x .', 'USER app']);
  expect(again('FROM a\nRUN x\nFROM scratch\nCOPY --from=0 /x .', 'RUN x')).toHaveLength(2);
});

it('joins continued lines and leaves out comments', () => {
  expect(instructionsOf('# syntax=x\nFROM a\n\nRUN one \\\n    two\n')).toEqual(['FROM a', 'RUN one two']);
});

it('names what is not there', () => {
  expect(() => ladder(['FROM a'], 'COPY')).toThrow('expected a part of an instruction, received "COPY"');
});

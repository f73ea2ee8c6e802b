import { expect, test } from 'vitest';
import { instructionOf } from './instruction.ts';

test.each([
  ['RUN /bin/sh -c go mod download # buildkit', 'RUN go mod download'],
  ['RUN |1 TOKEN=x y /bin/sh -c echo hi # buildkit', 'RUN echo hi'],
  ['RUN |0 /bin/bash -c set -e # buildkit', 'RUN set -e'],
  ['COPY . . # buildkit', 'COPY . .'],
  ['CMD ["./main"]', 'CMD ["./main"]'],
  ['USER app', 'USER app'],
  ['WORKDIR /go', 'WORKDIR /go'],
  ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
  ['/bin/sh -c #(nop) ADD file:4a5 in / ', 'ADD file:4a5 in /'],
  ['/bin/sh -c apt-get update', 'RUN apt-get update'],
  ['|1 A=b /bin/sh -c make', 'RUN make'],
  ['RUN ["/app", "--version"] # buildkit', 'RUN ["/app", "--version"]'],
  ['RUN /bin/sh -c echo one &&\techo two # buildkit', 'RUN echo one &&\techo two'],
  ['# debian.sh --arch amd64 out/ trixie', '# debian.sh --arch amd64 out/ trixie'],
  ['# buildkit', '# buildkit'],
  ['', ''],
])('%j is %j', (createdBy, instruction) => {
  expect(instructionOf(createdBy)).toBe(instruction);
});

test.each([' ', '\n', '|1 ', 'RUN ', '/bin/sh -c ', '#(nop) '])('a million of %j cost next to nothing', (piece) => {
  const begun = performance.now();
  instructionOf(`x${piece.repeat(1_000_000)}x # buildkit`);
  expect(performance.now() - begun).toBeLessThan(200);
});

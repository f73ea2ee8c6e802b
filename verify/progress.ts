/** What verify tells a person while it works: a line for each command and check with what it took, and a summary. */
export class Progress {
  passed = 0;
  readonly failures: string[] = [];
  readonly #write: (text: string) => void;
  readonly #passing: boolean;
  #begun = 0;

  /** @param passing whether a line may be written over: the output is a terminal */
  constructor(write: (text: string) => void, passing: boolean) {
    this.#write = write;
    this.#passing = passing;
  }

  lesson(name: string): void {
    this.#write(`\n${name}\n`);
  }

  /** Something begins; said for as long as it lasts. */
  begin(what: string): void {
    this.#begun = performance.now();
    if (this.#passing) this.#write(`  … ${short(what)}\x1b[K\r`);
  }

  /** It went as it should. */
  pass(what: string): void {
    this.passed += 1;
    this.#line('✓', what);
  }

  /** It did not. @param why may have several lines */
  fail(lesson: string, what: string, why: string): void {
    this.failures.push(`${lesson}: ${what}: ${why.split('\n', 1)[0] ?? ''}`);
    this.#line('✗', what);
    this.#write(`    ${why}\n`);
  }

  note(text: string): void {
    this.#write(`${text}\n`);
  }

  #line(sign: string, what: string): void {
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(1);
    this.#write(`  ${sign} ${short(what).padEnd(88)} ${seconds.padStart(6)} s${this.#passing ? '\x1b[K' : ''}\n`);
  }
}

function short(text: string): string {
  return text.length > 88 ? `${text.slice(0, 87)}…` : text;
}

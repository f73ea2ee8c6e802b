/** A table as the README shows it, and whether its bounds hold. */
export class Table {
  readonly #rows: string[][];
  readonly #columns: number;
  broken = 0;

  /** @param head the columns; the last is what must hold */
  constructor(head: string[]) {
    this.#rows = [head, head.map(() => '---')];
    this.#columns = head.length;
  }

  /** A figure without a bound. */
  row(...cells: string[]): void {
    this.#rows.push([...cells, ...Array.from({ length: this.#columns - cells.length }, () => '')]);
  }

  /** A figure with one. */
  bound(cells: string[], bound: string, holds: boolean): void {
    if (!holds) this.broken += 1;
    this.row(...cells, `${bound}: ${holds ? 'holds' : 'BROKEN'}`);
  }

  print(): void {
    for (const row of this.#rows) console.log(`| ${row.join(' | ')} |`);
  }
}

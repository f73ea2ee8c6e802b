/** A lesson as a reader meets it: everything by role and accessible name. */
import { expect, type Locator, type Page } from '@playwright/test';

export class LessonPage {
  readonly page: Page;
  readonly terminal: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.terminal = page.getByRole('region', { name: 'Terminal' });
    this.status = this.terminal.getByRole('status');
  }

  /** Opens a lesson and waits until its shell can be typed into. */
  async open(slug: string): Promise<void> {
    await this.page.goto(`/lessons/${slug}/`);
    await this.live();
  }

  async live(): Promise<void> {
    await expect(this.status).toHaveText('Live');
  }

  /** The last lines of the terminal, as text. */
  async text(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.querySelector<HTMLElement & { text: string }>('slipway-terminal');
      return element?.text ?? '';
    });
  }

  /** Waits for a pattern in the terminal's text, scrollback included. */
  async shows(pattern: RegExp, timeout = 30_000): Promise<void> {
    await expect.poll(() => this.text(), { timeout, intervals: [50, 100, 200, 500] }).toMatch(pattern);
  }

  /** Presses the Run button of a command. */
  async run(command: string): Promise<void> {
    await this.page.getByRole('button', { name: `Run ${command}`, exact: true }).click();
  }

  /** Types into the terminal. */
  async type(text: string): Promise<void> {
    await this.terminal.getByRole('textbox').focus();
    await this.page.keyboard.type(text);
  }
}

/** A lesson without a sandbox, as its reader meets it. */
import { expect, type Locator } from '@playwright/test';
import { LessonPage } from './lesson-page.ts';

export class RecordedPage extends LessonPage {
  get player(): Locator {
    return this.terminal.getByRole('group', { name: 'Recording' });
  }

  get toEnd(): Locator {
    return this.player.getByRole('button', { name: 'To the end' });
  }

  /** Resolves when it is settled that recordings stand in. */
  async recorded(): Promise<void> {
    await expect(this.status).toHaveText('Recordings');
  }

  /** The Run buttons of the page, in order. */
  get runs(): Locator {
    return this.page.getByRole('main').getByRole('button', { name: /^Run / });
  }

  /** The recording that was asked for has ended. */
  async ended(): Promise<void> {
    await expect(this.player.getByRole('button', { name: 'Again' })).toBeVisible();
  }
}

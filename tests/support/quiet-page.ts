/** Everything a browser complains of: a page that works makes it complain of nothing. */
import type { Page } from '@playwright/test';

/** @returns what is complained of from now on, kept up to date */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`pageerror: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What is under way when a page is left is broken off, and that is no fault.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') heard.push(`failed: ${request.method()} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return heard;
}

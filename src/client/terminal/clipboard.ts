/** Copies text for a key or button the reader pressed. */

/** The clipboard API is there on https and localhost; elsewhere the older command is, which asks the page for the text. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    document.addEventListener(
      'copy',
      (event) => {
        event.clipboardData?.setData('text/plain', text);
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { once: true, capture: true },
    );
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where the page is not a secure context
    document.execCommand('copy');
  }
}

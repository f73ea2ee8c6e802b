/** Asks the reader in a dialog whether files they have edited may be overwritten. Escape means no. */
export function askOverwrite(dialog: HTMLDialogElement, paths: readonly string[]): Promise<boolean> {
  const list = dialog.querySelector('ul');
  list?.replaceChildren(
    ...paths.map((path) => {
      const item = document.createElement('li');
      const code = document.createElement('code');
      code.textContent = path;
      item.append(code);
      return item;
    }),
  );
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'overwrite'), { once: true });
  });
}

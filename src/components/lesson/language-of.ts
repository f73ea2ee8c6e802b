/** The name of a file's language for the highlighter. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/dockerfile/i.test(name)) return 'dockerfile';
  const ending = /\.(\w+)$/.exec(name)?.[1] ?? '';
  return { go: 'go', sh: 'bash', json: 'json', yaml: 'yaml', yml: 'yaml', js: 'js', py: 'python' }[ending] ?? 'txt';
}

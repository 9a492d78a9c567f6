/** Text inside a cell of a Markdown table. VitePress reads `{{` and tags as code, so both are taken apart. */
export const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;').replaceAll('{{', '{&#8203;{');

export const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``);

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A generated page: its first line says so. */
export function page(title: string, source: string, parts: readonly string[]): string {
  return `<!-- Generated from ${source} by "npm run gen"; do not edit. -->\n# ${title}\n\n${parts.join('\n\n')}\n`;
}

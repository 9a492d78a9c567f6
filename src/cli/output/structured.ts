import type { OutputFormat } from '../options.ts';

/** Prints a value for programs; undefined when people are to read it. */
export async function formatStructured(value: unknown, format: OutputFormat): Promise<string | undefined> {
  if (format === 'json') return `${JSON.stringify(value, undefined, 2)}\n`;
  if (format === 'table') return undefined;
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 0 });
}

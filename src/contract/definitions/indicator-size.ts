/**
 * Texts that one indicator may compare requests with, and their characters. All of them go into one statement for the
 * store, and a statement that is too long would stop the evaluation of every other objective too.
 */
const MOST_TEXTS = 500;
const MOST_CHARACTERS = 20_000;

/** Whether all texts of an indicator, keys of attributes included, fit one statement. */
export function fitsOneStatement(indicator: unknown): boolean {
  const sizes = textsOf(indicator).map((text) => text.length);
  return sizes.length <= MOST_TEXTS && sizes.reduce((sum, size) => sum + size, 0) <= MOST_CHARACTERS;
}

export const INDICATOR_SIZE = `at most ${MOST_TEXTS} texts with ${MOST_CHARACTERS} characters together`;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.flatMap(([key, part]) => (Array.isArray(value) ? textsOf(part) : [key, ...textsOf(part)]));
}

import { suggest } from '../../lib/suggest.ts';

const LONGEST = 60;

/** What was met, in words: scalars as they are, the rest by what it is. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : String(value);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  record: 'a map',
  null: 'nothing',
};

/** A type of the schema in words: `string` is "text". */
export const typeInWords = (type: string): string => TYPES[type] ?? type;

/** "a, b or c" */
export function oneOfWords(words: readonly string[]): string {
  const head = words.slice(0, -1).join(', ');
  return head === '' ? (words[0] ?? '') : `${head} or ${words.at(-1)}`;
}

/** The known word that was meant, if the word is short enough to be one that is misspelt. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  return word.length > LONGEST ? undefined : suggest(word, known);
}

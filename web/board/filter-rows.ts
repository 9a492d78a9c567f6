import type { BoardRow } from '../../src/contract/api/objectives.ts';
import { type WindowState, windowStates } from '../../src/contract/api/status.ts';
import type { BoardSearch } from './board-search.ts';

/** What the filters of an address ask for. */
export type RowFilter = Pick<BoardSearch, 'q' | 'audience' | 'state' | 'owner' | 'tag'>;

/** A tag as the filter writes it. */
export function tagText(key: string, value: string): string {
  return `${key}=${value}`;
}

/** `violated,warning` as states; unknown words are left out. */
export function readStates(text: string | undefined): readonly WindowState[] {
  const words = (text ?? '').split(',');
  return windowStates.filter((state) => words.includes(state));
}

/** Made once a row, not once a key that is pressed. */
const searchTexts = new WeakMap<BoardRow, string>();

function searchable(row: BoardRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const tags = Object.entries(row.tags).map(([key, value]) => tagText(key, value));
  const text = [row.title, row.name, row.service, row.owner, row.indicatorText, ...tags].join('\n').toLowerCase();
  searchTexts.set(row, text);
  return text;
}

/** Rows for which all that is set holds; of the text, each word must occur somewhere. */
export function filterRows(rows: readonly BoardRow[], filter: RowFilter): readonly BoardRow[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const states = readStates(filter.state);
  const tests: ((row: BoardRow) => boolean)[] = [];
  if (filter.audience) tests.push((row) => row.audience === filter.audience);
  if (filter.owner) tests.push((row) => row.owner === filter.owner);
  if (states.length > 0) tests.push((row) => states.includes(row.state));
  if (filter.tag) {
    tests.push((row) => Object.entries(row.tags).some(([key, value]) => tagText(key, value) === filter.tag));
  }
  if (words.length > 0) {
    tests.push((row) => {
      const text = searchable(row);
      return words.every((word) => text.includes(word));
    });
  }
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** Whether anything is filtered at all. */
export function isFiltered(filter: RowFilter): boolean {
  return Boolean(filter.q || filter.audience || filter.owner || filter.tag) || readStates(filter.state).length > 0;
}

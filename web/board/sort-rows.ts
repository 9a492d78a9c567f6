import type { BoardRow } from '../../src/contract/api/objectives.ts';
import { stateRank } from '../kit/state-words.ts';

type Compare = (a: BoardRow, b: BoardRow) => number;

/** Least budget first; what has none to speak of comes last. */
const budgetOf = (row: BoardRow, column: number): number =>
  row.cells[column]?.budget.remaining ?? Number.POSITIVE_INFINITY;

const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

function byTitle(a: BoardRow, b: BoardRow): number {
  return a.title < b.title ? -1 : a.title > b.title ? 1 : a.name < b.name ? -1 : 1;
}

function worstRank(row: BoardRow): number {
  let worst = stateRank(row.state);
  for (const cell of row.cells) worst = Math.min(worst, stateRank(cell.state));
  return worst;
}

/**
 * Red in any timeframe first, then red in the one that decides, then the least budget: at night, what has just broken
 * must not hide behind what has been orange for weeks.
 */
function worstFirst(windows: readonly string[]): Compare {
  return (a, b) =>
    difference(worstRank(a), worstRank(b)) ||
    difference(stateRank(a.state), stateRank(b.state)) ||
    difference(
      budgetOf(a, Math.max(0, windows.indexOf(a.primaryWindow))),
      budgetOf(b, Math.max(0, windows.indexOf(b.primaryWindow))),
    ) ||
    byTitle(a, b);
}

function worstIn(column: number): Compare {
  const rank = (row: BoardRow): number => stateRank(row.cells[column]?.state ?? 'no-data');
  return (a, b) =>
    difference(rank(a), rank(b)) || difference(budgetOf(a, column), budgetOf(b, column)) || byTitle(a, b);
}

/**
 * A sorted copy.
 * @param sort `name`, a window of the board (worst in that column first), or anything else for worst first
 */
export function sortRows(
  rows: readonly BoardRow[],
  windows: readonly string[],
  sort: string | undefined,
): readonly BoardRow[] {
  if (sort === 'name') return rows.toSorted(byTitle);
  const column = sort === undefined ? -1 : windows.indexOf(sort);
  return rows.toSorted(column >= 0 ? worstIn(column) : worstFirst(windows));
}

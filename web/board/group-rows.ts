import type { BoardRow } from '../../src/contract/api/objectives.ts';
import type { WindowState } from '../../src/contract/api/status.ts';
import { type Audience, audiences } from '../../src/contract/definitions/objective.ts';
import type { Grouping } from './board-search.ts';

export type StateCounts = Readonly<Record<WindowState, number>>;

/** One line of the board: the head of a group, or an objective. */
export type BoardItem =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly title: string;
      readonly note: string;
      readonly size: number;
      readonly counts: StateCounts;
    }
  | { readonly kind: 'row'; readonly key: string; readonly row: BoardRow };

export const audienceWords: Readonly<Record<Audience, { title: string; note: string }>> = {
  business: { title: 'Business', note: 'what customers notice' },
  devops: { title: 'DevOps', note: 'what a release changes' },
  sre: { title: 'SRE', note: 'what keeps it all running' },
};

/** How many rows are in each state, by the window that decides. */
export function countStates(rows: readonly BoardRow[]): StateCounts {
  const counts = { violated: 0, warning: 0, healthy: 0, 'no-data': 0 };
  for (const row of rows) counts[row.state] += 1;
  return counts;
}

/** How many cells of one column are in each state. */
export function countColumn(rows: readonly BoardRow[], column: number): StateCounts {
  const counts = { violated: 0, warning: 0, healthy: 0, 'no-data': 0 };
  for (const row of rows) counts[row.cells[column]?.state ?? 'no-data'] += 1;
  return counts;
}

const toItem = (row: BoardRow): BoardItem => ({ kind: 'row', key: row.name, row });

function keysInOrder(groups: ReadonlyMap<string, readonly BoardRow[]>, grouping: Grouping): readonly string[] {
  if (grouping === 'audience') return audiences.filter((audience) => groups.has(audience));
  return [...groups.keys()].toSorted();
}

function headOf(key: string, rows: readonly BoardRow[], grouping: Grouping): BoardItem {
  const audience = grouping === 'audience' ? audiences.find((known) => known === key) : undefined;
  const { title, note } = audience ? audienceWords[audience] : { title: key, note: '' };
  return { kind: 'group', key: `group:${key}`, title, note, size: rows.length, counts: countStates(rows) };
}

/** Rows in their order, under the heads of their groups. */
export function groupRows(rows: readonly BoardRow[], grouping: Grouping): readonly BoardItem[] {
  if (grouping === 'none') return rows.map(toItem);
  const groups = new Map<string, BoardRow[]>();
  for (const row of rows) {
    const members = groups.get(row[grouping]);
    if (members === undefined) groups.set(row[grouping], [row]);
    else members.push(row);
  }
  return keysInOrder(groups, grouping).flatMap((key) => {
    const members = groups.get(key) ?? [];
    return [headOf(key, members, grouping), ...members.map(toItem)];
  });
}

/** How many rows are violated in some timeframe that is shown, but not in the one that decides. */
export function countElsewhere(rows: readonly BoardRow[]): number {
  return rows.filter((row) => row.state !== 'violated' && row.cells.some((cell) => cell.state === 'violated')).length;
}

/** The whole board in one sentence. */
export function headline(counts: StateCounts): string {
  const total = counts.violated + counts.warning + counts.healthy + counts['no-data'];
  const objectives = total === 1 ? 'objective' : 'objectives';
  if (counts.violated > 0) return `${counts.violated} of ${total} ${objectives} violated`;
  if (counts['no-data'] === total) return `${total} ${objectives}, no data yet`;
  if (counts.warning > 0) return `No objective violated, ${counts.warning} close to it`;
  if (counts['no-data'] > 0) return `No objective violated, ${counts['no-data']} without data`;
  return total === 1 ? 'The one objective is met' : `All ${total} objectives are met`;
}

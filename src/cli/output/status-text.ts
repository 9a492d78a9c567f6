import type { BoardCell } from '../../contract/api/objectives.ts';
import type { WindowState } from '../../contract/api/status.ts';
import type { Style } from './style.ts';
import { type Column, formatTable, tableFits } from './table.ts';

export interface StatusRow {
  readonly name: string;
  readonly state: WindowState;
  readonly targetText: string;
  readonly primaryWindow: string;
  readonly cells: readonly BoardCell[];
}

interface Surroundings {
  readonly style: Style;
  readonly width: number;
}

const words: Readonly<Record<WindowState, string>> = {
  healthy: 'healthy',
  warning: 'warning',
  violated: 'VIOLATED',
  'no-data': 'no data',
};

const colours: Readonly<Record<WindowState, 'green' | 'yellow' | 'red' | 'dim'>> = {
  healthy: 'green',
  warning: 'yellow',
  violated: 'red',
  'no-data': 'dim',
};

const stateText = (state: WindowState, style: Style): string => style[colours[state]](words[state]);

const budgetText = (cell: BoardCell): string =>
  cell.budget.remaining === null ? cell.budget.remainingText : `${cell.budget.remainingText} left`;

/** How much of a cell stands on one line: SLI and state beside each other, or all below each other. */
type Layout = 'wide' | 'narrow';

/** A name is cut to no less than this; rather than that, the layout changes. */
const NAME_WIDTH: Readonly<Record<Layout, number>> = { wide: 26, narrow: 18 };

function cellText(cell: BoardCell | undefined, layout: Layout, style: Style): string {
  if (cell === undefined) return '';
  if (cell.state === 'no-data') return stateText('no-data', style);
  const between = layout === 'wide' ? ' ' : '\n';
  return `${cell.sliText}${between}${stateText(cell.state, style)}\n${style.dim(budgetText(cell))}`;
}

/** Windows of all rows in the order of their first appearance. */
const windowsOf = (rows: readonly StatusRow[]): string[] => [
  ...new Set(rows.flatMap((row) => row.cells.map((cell) => cell.window))),
];

function matrix(rows: readonly StatusRow[], layout: Layout, { style, width }: Surroundings): string | undefined {
  const windows = windowsOf(rows);
  const columns: Column[] = [
    { title: 'OBJECTIVE', shrinkTo: NAME_WIDTH[layout] },
    ...windows.map((title) => ({ title })),
  ];
  const last = layout === 'wide' ? '' : '\n\n';
  const body = rows.map((row) => [
    `${row.name}\n${style.dim(`${row.targetText} over ${row.primaryWindow}`)}${last}`,
    ...windows.map((window) =>
      cellText(
        row.cells.find((cell) => cell.window === window),
        layout,
        style,
      ),
    ),
  ]);
  return tableFits(columns, body, width) ? formatTable(columns, body, { width, title: style.dim }) : undefined;
}

/** One line a window below each objective. */
function list(rows: readonly StatusRow[], style: Style): string {
  const columns: Column[] = [{ title: '' }, { title: '', align: 'right' }, { title: '' }, { title: '' }];
  return rows
    .map((row) => {
      const lines = row.cells.map((cell) => [
        `  ${cell.window}`,
        cell.state === 'no-data' ? '' : cell.sliText,
        stateText(cell.state, style),
        cell.state === 'no-data' ? '' : style.dim(budgetText(cell)),
      ]);
      const head = `${style.bold(row.name)} ${style.dim(`target ${row.targetText} over ${row.primaryWindow}`)}`;
      const table = formatTable(columns, lines, { width: Number.POSITIVE_INFINITY, title: (text) => text });
      return `${head}\n${table.replace(/^\n/, '')}`;
    })
    .join('\n');
}

function summary(rows: readonly StatusRow[], style: Style): string {
  const parts = (['violated', 'warning', 'no-data', 'healthy'] as const)
    .map((state) => ({ state, number: rows.filter((row) => row.state === state).length }))
    .filter(({ number }) => number > 0)
    .map(({ state, number }) => style[colours[state]](`${number} ${words[state]}`));
  return `${parts.join(', ')} over the primary window\n`;
}

/** Objectives by windows as a table, or as a list where even a narrow table is wider than the terminal. */
export function formatStatus(rows: readonly StatusRow[], around: Surroundings): string {
  if (rows.length === 0) return 'There are no objectives yet: "verdant apply FILES" brings some.\n';
  const text = matrix(rows, 'wide', around) ?? matrix(rows, 'narrow', around) ?? list(rows, around.style);
  return `${text.trimEnd()}\n\n${summary(rows, around.style)}`;
}

import Table from 'cli-table3';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Cut first when the terminal is narrow; never below this many columns. */
  readonly shrinkTo?: number;
}

const GAP = 2;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of colours begin with one
const SGR = /\u001b\[[0-9;]*m/g;

/** Columns that a text takes, without its colours. */
const widthOf = (text: string): number =>
  Math.max(...text.split('\n').map((line) => [...line.replace(SGR, '')].length));

/** Takes columns from those that may shrink, the widest first, until the table fits. */
function shrink(natural: readonly number[], columns: readonly Column[], width: number): number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, size) => sum + size, 0) + GAP * (widths.length - 1);
  const spare = (index: number): number => (widths[index] ?? 0) - (columns[index]?.shrinkTo ?? Number.MAX_SAFE_INTEGER);
  while (total() > width) {
    const candidates = widths.map((_, index) => index).filter((index) => spare(index) > 0);
    const widest = candidates.sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

/** Whether rows stand side by side within the width when all shrinks as far as it may. */
export function tableFits(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): boolean {
  const least = columns.map((column, index) =>
    Math.min(naturalWidth(column, index, rows), column.shrinkTo ?? Infinity),
  );
  return least.reduce((sum, size) => sum + size, 0) + GAP * (columns.length - 1) <= width;
}

const naturalWidth = (column: Column, index: number, rows: readonly (readonly string[])[]): number =>
  Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[index] ?? '')));

/**
 * A table without lines that stays within a width: long cells of shrinking columns end in an ellipsis.
 * @param width columns of the terminal, or Infinity
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly width: number; readonly title: (text: string) => string },
): string {
  const natural = columns.map((column, index) => naturalWidth(column, index, rows));
  const widths = shrink(natural, columns, options.width);
  const table = new Table({
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: ' '.repeat(GAP),
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: widths,
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  table.push(
    columns.map((column) => options.title(column.title)),
    ...rows.map((row) => [...row]),
  );
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

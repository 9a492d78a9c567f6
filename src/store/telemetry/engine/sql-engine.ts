/** Values that are bound to `{name:Type}` placeholders; never written into the SQL text. */
export type SqlParams = Readonly<Record<string, string | number | readonly string[] | readonly number[]>>;

/** Reads one cell of an answer into an exact type; throws when the cell is something else. */
export type CellReader<T> = (cell: unknown) => T;

/** The columns of a question: names and readers, in the order of its SELECT. */
export type RowShape = Readonly<Record<string, CellReader<unknown>>>;

export type RowOf<Shape extends RowShape> = { readonly [Key in keyof Shape]: ReturnType<Shape[Key]> };

/** Which queue a statement waits in, so that a slow question never holds up ingest or evaluation. */
export type Lane = 'read' | 'write' | 'evaluate';

export interface StatementOptions {
  readonly lane?: Lane;
  /** Milliseconds; default: the engine's query timeout. */
  readonly timeoutMs?: number;
  /** Rows that the answer may have; with more it is `query-too-heavy`. Default: any number. */
  readonly maxRows?: number;
}

/**
 * Milliseconds that a write may take, on the engine itself: what is not there by then never comes, so that questions
 * may rely on having seen everything older.
 */
export const WRITE_TIMEOUT_MS = 30_000;

/**
 * The connection to a ClickHouse: in the process (chDB) or by URL. It is the abstraction of the store: everything
 * above it is SQL of one dialect, and tests run on both engines.
 * Every method throws VerdantError: `query-too-heavy`, `store-full`, `store-unavailable`, or `internal`.
 */
export interface SqlEngine {
  readonly kind: 'chdb' | 'clickhouse';
  readonly version: string;
  /** Asks a question; answers rows in the given shape. */
  query<Shape extends RowShape>(
    sql: string,
    shape: Shape,
    params?: SqlParams,
    options?: StatementOptions,
  ): Promise<RowOf<Shape>[]>;
  /** Runs a statement that has no answer. */
  command(sql: string, params?: SqlParams, options?: StatementOptions): Promise<void>;
  /** Writes one block in ClickHouse's Native format; resolves when the rows are durable as configured. */
  insertNative(table: string, columns: readonly string[], block: Uint8Array): Promise<void>;
  /** Stops what runs, then lets go of the data. */
  close(): Promise<void>;
}

const mismatch = (expected: string, cell: unknown): TypeError =>
  new TypeError(`the store answered ${JSON.stringify(cell)} where ${expected} was expected`);

/** Readers of cells as both engines write them in JSON, with 64-bit integers as text. */
export const cell = {
  text: (value: unknown): string => {
    if (typeof value !== 'string') throw mismatch('text', value);
    return value;
  },
  /** 64-bit integer. */
  count: (value: unknown): bigint => {
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    throw mismatch('a 64-bit integer', value);
  },
  /** An integer that fits into a double. */
  int: (value: unknown): number => {
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw mismatch('an integer', value);
    return number;
  },
  /** A number, or null for NaN and null. */
  number: (value: unknown): number | null => {
    if (value === null || value === 'nan') return null;
    if (typeof value !== 'number') throw mismatch('a number', value);
    return value;
  },
  counts: (value: unknown): bigint[] => {
    if (!Array.isArray(value)) throw mismatch('a list of 64-bit integers', value);
    return value.map((item) => cell.count(item));
  },
  ints: (value: unknown): number[] => {
    if (!Array.isArray(value)) throw mismatch('a list of integers', value);
    return value.map((item) => cell.int(item));
  },
  texts: (value: unknown): string[] => {
    if (!Array.isArray(value)) throw mismatch('a list of texts', value);
    return value.map((item) => cell.text(item));
  },
} as const;

/** Turns an answer in JSONCompactEachRow into rows of the given shape. */
export function readRows<Shape extends RowShape>(body: string, shape: Shape): RowOf<Shape>[] {
  const entries = Object.entries(shape);
  const rows: RowOf<Shape>[] = [];
  for (const line of body.split('\n')) {
    if (line === '') continue;
    const cells: unknown = JSON.parse(line);
    if (!Array.isArray(cells) || cells.length !== entries.length) throw mismatch(`${entries.length} columns`, cells);
    const row = readRow(cells, entries);
    if (isRowOf(row, shape)) rows.push(row);
  }
  return rows;
}

/** Its cells were read by the shape's own readers, column by column. */
const isRowOf = <Shape extends RowShape>(row: object, shape: Shape): row is RowOf<Shape> =>
  Object.keys(shape).every((name) => name in row);

function readRow(cells: readonly unknown[], entries: readonly (readonly [string, CellReader<unknown>])[]): object {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index];
    if (entry !== undefined) row[entry[0]] = entry[1](cells[index]);
  }
  return row;
}

/** Rows of one statement: well below the 65 535 parameters that PostgreSQL takes. */
const ROWS_PER_STATEMENT = 1000;

/** Hands a long list over in parts that fit one statement each, in order. */
export async function inChunks<T>(
  items: readonly T[],
  write: (chunk: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    await write(items.slice(start, start + ROWS_PER_STATEMENT));
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<{ open: boolean }>();

/** Marks all that `work` does, over awaits, as inside a transaction, until it settles. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await scope.run(mark, work);
  } finally {
    mark.open = false;
  }
}

/**
 * Refuses a second connection to code that runs inside a transaction: it would see other data on PostgreSQL and wait
 * for ever on PGlite. A mistake of ours, hence no VerdantError.
 */
export function assertOutsideTransaction(): void {
  if (scope.getStore()?.open === true) {
    throw new Error('catalog.db was asked inside a transaction; ask the handle that inTransaction hands over');
  }
}

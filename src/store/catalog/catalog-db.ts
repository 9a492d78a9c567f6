import type { CatalogHandle } from './catalog-schema.ts';

/** A named lock that one process holds at a time. */
export interface ExclusiveLock {
  readonly name: string;
  /** Aborted when the connection that held the lock broke: someone else may hold it from then on. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** The open catalog: definitions, tokens and jobs, in PostgreSQL inside the process (PGlite) or outside. */
export interface CatalogDb {
  /** For single statements. Inside {@link inTransaction} use what it hands over, never this. */
  readonly db: CatalogHandle;
  readonly engine: 'pglite' | 'postgres';
  /** Version of the PostgreSQL that answers, such as `18.6`. */
  readonly version: string;
  /**
   * Takes a named lock over all processes that share this catalog, without waiting.
   * @returns undefined when another holder has it
   */
  tryLock(name: string): Promise<ExclusiveLock | undefined>;
  /** Waits for running statements and gives the database back. Closing twice is harmless. */
  close(): Promise<void>;
}

/** What the catalog tells an operator. A pino logger fits. */
export interface CatalogLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

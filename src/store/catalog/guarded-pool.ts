import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { assertOutsideTransaction } from './transaction-scope.ts';
import { translateError } from './translate-error.ts';

export interface CatalogResult<R> {
  /** Tag of the statement, such as `INSERT`. */
  readonly command: string;
  readonly rowCount: number;
  readonly rows: R[];
}

/** What a connection of either engine can do. */
export interface CatalogClient {
  query<R>(text: string, values: unknown[]): Promise<CatalogResult<R>>;
  release(): void;
}

export interface CatalogPool {
  connect(): Promise<CatalogClient>;
  end(): Promise<void>;
}

const CHANGING = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'] as const;

class GuardedClient implements PostgresPoolClient {
  readonly #client: CatalogClient;

  constructor(client: CatalogClient) {
    this.#client = client;
  }

  query<R>(text: string, values: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    what: string | PostgresCursor<R>,
    values: ReadonlyArray<unknown> = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof what !== 'string') throw new Error('the catalog reads no cursors');
    return this.#run<R>(what, [...values]);
  }

  async #run<R>(text: string, values: unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      const { command, rowCount, rows } = await this.#client.query<R>(text, values);
      return { command: CHANGING.find((tag) => tag === command) ?? 'SELECT', rowCount, rows };
    } catch (error) {
      throw translateError(error);
    }
  }

  release(): void {
    this.#client.release();
  }
}

/** The pool that Kysely sees: errors in the words of users, and no second connection inside a transaction. */
export function guardPool(pool: CatalogPool): PostgresPool {
  return {
    connect: async () => {
      assertOutsideTransaction();
      try {
        return new GuardedClient(await pool.connect());
      } catch (error) {
        throw translateError(error);
      }
    },
    end: () => pool.end(),
  };
}

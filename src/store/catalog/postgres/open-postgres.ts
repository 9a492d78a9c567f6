import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { CatalogDb, CatalogLogger } from '../catalog-db.ts';
import type { CatalogSchema } from '../catalog-schema.ts';
import { type CatalogPool, guardPool } from '../guarded-pool.ts';
import { BIGINT_OID, readSafeInteger } from '../safe-integer.ts';
import { translateError } from '../translate-error.ts';
import { tryAdvisoryLock } from './advisory-lock.ts';

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5000;
const IDLE_TIMEOUT_MS = 30_000;

const readTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === BIGINT_OID ? readSafeInteger : pg.types.getTypeParser(oid, format)),
};

/**
 * Connects to a PostgreSQL outside. How durable it is, is decided there (`synchronous_commit`, `fsync`).
 * @throws VerdantError `store-unavailable` when it does not answer within 5 s
 */
export async function connectPostgres(url: string, logger?: CatalogLogger): Promise<CatalogDb> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'verdant',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    types: readTypes,
  });
  // Without a listener an idle connection that breaks would end the process; the pool replaces it by itself.
  pool.on('error', (error) => logger?.warn({ err: error }, 'a connection to the catalog broke'));
  const db = new Kysely<CatalogSchema>({ dialect: new PostgresDialect({ pool: guardPool(shared(pool)) }) });
  let version: string;
  try {
    version = await serverVersion(pool);
  } catch (error) {
    await pool.end();
    throw translateError(error);
  }
  return {
    db: db.withSchema('verdant'),
    engine: 'postgres',
    version,
    tryLock: (name) => tryAdvisoryLock(pool, name),
    close: () => (pool.ending ? Promise.resolve() : pool.end()),
  };
}

const shared = (pool: pg.Pool): CatalogPool => ({
  connect: async () => {
    const client = await pool.connect();
    return {
      query: async (text, values) => {
        const result = await client.query(text, values);
        return { command: result.command, rowCount: result.rowCount ?? 0, rows: result.rows };
      },
      release: () => client.release(),
    };
  },
  end: () => pool.end(),
});

async function serverVersion(pool: pg.Pool): Promise<string> {
  const result = await pool.query<{ version: string }>(`select current_setting('server_version') as version`);
  return result.rows[0]?.version.split(' ')[0] ?? 'unknown';
}

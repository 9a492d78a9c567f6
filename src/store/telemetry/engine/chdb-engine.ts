import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'chdb';
import { VerdantError } from '../../../contract/errors.ts';
import { engineError } from './engine-error.ts';
import { SessionPool } from './session-pool.ts';
import type { Lane, RowOf, RowShape, SqlEngine, SqlParams, StatementOptions } from './sql-engine.ts';
import { readRows, WRITE_TIMEOUT_MS } from './sql-engine.ts';

export interface ChdbOptions {
  /** Directory of the engine's files; made when missing. One process owns it. */
  readonly dir: string;
  /** Bytes for all queries together. */
  readonly memoryBytes: number;
  /** Bytes for one query. */
  readonly queryMemoryBytes: number;
  /** Milliseconds. */
  readonly queryTimeoutMs: number;
  /** Questions at once; writing and evaluation have sessions of their own besides. */
  readonly readSessions: number;
}

const SHARED_MEMORY = '/dev/shm';

/** ClickHouse in this process. See reference/feasibility for why blocks go in by a file and never as request bytes. */
class ChdbEngine implements SqlEngine {
  readonly kind = 'chdb';
  readonly version: string;
  readonly #pool: SessionPool;
  readonly #drain: () => Promise<void>;
  readonly #options: ChdbOptions;
  #closing = false;

  constructor(pool: SessionPool, drain: () => Promise<void>, version: string, options: ChdbOptions) {
    this.#pool = pool;
    this.#drain = drain;
    this.version = version;
    this.#options = options;
  }

  async query<Shape extends RowShape>(
    sql: string,
    shape: Shape,
    params: SqlParams = {},
    options: StatementOptions = {},
  ): Promise<RowOf<Shape>[]> {
    return readRows(await this.#run(sql, params, options), shape);
  }

  async command(sql: string, params: SqlParams = {}, options: StatementOptions = {}): Promise<void> {
    await this.#run(sql, params, options);
  }

  async insertNative(table: string, columns: readonly string[], block: Uint8Array): Promise<void> {
    const names = columns.join(', ');
    const file = join(await this.#blockDirectory(block.length), `block-${randomUUID()}.native`);
    try {
      await writeFile(file, block, { mode: 0o600 });
      await this.#run(
        `INSERT INTO ${table} (${names}) SELECT ${names} FROM file('${file}', 'Native')`,
        {},
        {
          lane: 'write',
          timeoutMs: WRITE_TIMEOUT_MS,
        },
      );
    } catch (error) {
      throw engineError(error);
    } finally {
      await rm(file, { force: true });
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#pool
      .use('evaluate', (session) => session.queryAsync("KILL QUERY WHERE query NOT LIKE 'KILL%' ASYNC"))
      .catch(() => undefined);
    this.#pool.closeAll();
    await this.#drain();
  }

  /** Memory is the cheapest place for a block; containers often have only 64 MB of it, so the disk is the second choice. */
  async #blockDirectory(bytes: number): Promise<string> {
    const memory = await statfs(SHARED_MEMORY).catch(() => undefined);
    if (memory !== undefined && memory.bavail * memory.bsize > bytes * 2) return SHARED_MEMORY;
    return join(this.#options.dir, 'blocks');
  }

  /** An aborted promise does not free a session, so every statement that can run long carries its limits. */
  #limited(sql: string, { timeoutMs = this.#options.queryTimeoutMs, maxRows }: StatementOptions): string {
    if (!takesSettings(sql)) return sql;
    const limits = [`max_execution_time = ${timeoutMs / 1000}`];
    if (maxRows !== undefined) limits.push(`max_result_rows = ${maxRows}`, `result_overflow_mode = 'throw'`);
    return `${sql}${/\bSETTINGS\b/.test(sql) ? ',' : '\nSETTINGS'} ${limits.join(', ')}`;
  }

  async #run(sql: string, params: SqlParams, options: StatementOptions): Promise<string> {
    if (this.#closing) throw new VerdantError('shutting-down', { retryAfter: 2 });
    const lane: Lane = options.lane ?? 'read';
    try {
      return await this.#pool.use(lane, async (session) => {
        const result = await session.queryBindAsync(this.#limited(sql, options), params, {
          format: 'JSONCompactEachRow',
        });
        return result.text();
      });
    } catch (error) {
      // What was under way when the engine closes fails for that reason, whatever the engine says.
      throw this.#closing ? new VerdantError('shutting-down', { retryAfter: 2, cause: error }) : engineError(error);
    }
  }
}

const takesSettings = (sql: string): boolean => /^\s*(SELECT|WITH|INSERT)\b/i.test(sql);

/**
 * Opens the embedded engine.
 * @throws VerdantError `engine-missing`, `data-directory-in-use` or `data-directory-corrupt`
 */
export async function openChdb(options: ChdbOptions): Promise<SqlEngine> {
  const chdb = await import('chdb').catch((cause: unknown) => {
    throw new VerdantError('engine-missing', { cause });
  });
  // What people did stands in spans: other users of the machine have no business there.
  await mkdir(join(options.dir, 'blocks'), { recursive: true, mode: 0o700 });
  await access(options.dir, constants.W_OK);
  const connectionArgs = [
    `--max_server_memory_usage=${options.memoryBytes}`,
    `--max_memory_usage=${options.queryMemoryBytes}`,
    '--output_format_json_quote_64bit_integers=1',
    '--output_format_json_quote_denormals=1',
    '--session_timezone=UTC',
    '--max_partitions_per_insert_block=0',
    '--max_threads=2',
    '--mutations_sync=1',
  ];
  const path = join(options.dir, 'engine');
  try {
    const open = (): Session => new chdb.Session(path, { connectionArgs });
    const pool = new SessionPool(open, { read: options.readSessions, write: 2, evaluate: 2 });
    const version = await pool.use('read', (session) => session.queryAsync('SELECT version()', { format: 'TSV' }));
    return new ChdbEngine(pool, chdb.drainPending, version.text().trim(), options);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new VerdantError(
      /\block\b|in use|another/i.test(message) ? 'data-directory-in-use' : 'data-directory-corrupt',
      {
        details: [{ path, message: message.slice(0, 500) }],
        cause,
      },
    );
  }
}

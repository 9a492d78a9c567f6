import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { engineError } from './engine-error.ts';
import type { RowOf, RowShape, SqlEngine, SqlParams, StatementOptions } from './sql-engine.ts';
import { readRows, WRITE_TIMEOUT_MS } from './sql-engine.ts';

export interface ClickHouseOptions {
  /** `http://user:password@host:8123/database` */
  readonly url: string;
  /** Name of the cluster, when tables are distributed. */
  readonly cluster?: string | undefined;
  readonly queryMemoryBytes: number;
  readonly queryTimeoutMs: number;
}

const GRACE_MS = 5000;

/**
 * On a cluster an insert must reach the shards before it is acknowledged, and a question that follows must ask the
 * replica that took it.
 */
const CLUSTER_SETTINGS = {
  distributed_foreground_insert: 1,
  prefer_localhost_replica: 0,
  load_balancing: 'in_order',
} as const;

/** A ClickHouse server or cluster by URL, through its official client. */
class ClickHouseEngine implements SqlEngine {
  readonly kind = 'clickhouse';
  readonly version: string;
  readonly #client: ClickHouseClient;
  readonly #options: ClickHouseOptions;

  constructor(client: ClickHouseClient, version: string, options: ClickHouseOptions) {
    this.#client = client;
    this.version = version;
    this.#options = options;
  }

  async query<Shape extends RowShape>(
    sql: string,
    shape: Shape,
    params: SqlParams = {},
    options: StatementOptions = {},
  ): Promise<RowOf<Shape>[]> {
    try {
      const answer = await this.#client.query({
        query: sql,
        query_params: params,
        format: 'JSONCompactEachRow',
        clickhouse_settings: this.#limits(options),
        abort_signal: AbortSignal.timeout((options.timeoutMs ?? this.#options.queryTimeoutMs) + GRACE_MS),
      });
      return readRows(await answer.text(), shape);
    } catch (error) {
      throw engineError(error);
    }
  }

  async command(sql: string, params: SqlParams = {}, options: StatementOptions = {}): Promise<void> {
    try {
      await this.#client.command({ query: sql, query_params: params, clickhouse_settings: this.#limits(options) });
    } catch (error) {
      throw engineError(error);
    }
  }

  async insertNative(table: string, columns: readonly string[], block: Uint8Array): Promise<void> {
    try {
      const answer = await this.#client.exec({
        query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`,
        values: Readable.from([block], { objectMode: false }),
        clickhouse_settings: { max_partitions_per_insert_block: '0', max_execution_time: WRITE_TIMEOUT_MS / 1000 },
      });
      await finished(answer.stream.resume());
    } catch (error) {
      throw engineError(error);
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #limits({ timeoutMs = this.#options.queryTimeoutMs, maxRows }: StatementOptions): Record<string, string | number> {
    return {
      max_execution_time: Math.ceil(timeoutMs / 1000),
      ...(maxRows === undefined ? {} : { max_result_rows: String(maxRows), result_overflow_mode: 'throw' }),
    };
  }
}

/**
 * Connects to a ClickHouse by URL.
 * @throws VerdantError `store-unavailable` when it does not answer
 */
export async function openClickHouse(options: ClickHouseOptions): Promise<SqlEngine> {
  const client = createClient({
    url: options.url,
    application: 'verdant',
    // Errors are told by the error table, once.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: options.queryTimeoutMs + GRACE_MS,
    clickhouse_settings: {
      max_memory_usage: String(options.queryMemoryBytes),
      output_format_json_quote_64bit_integers: 1,
      output_format_json_quote_denormals: 1,
      session_timezone: 'UTC',
      mutations_sync: '1',
      ...(options.cluster === undefined ? {} : CLUSTER_SETTINGS),
    },
  });
  try {
    const answer = await client.query({ query: 'SELECT version()', format: 'TabSeparated' });
    return new ClickHouseEngine(client, (await answer.text()).trim(), options);
  } catch (error) {
    await client.close();
    throw engineError(error);
  }
}

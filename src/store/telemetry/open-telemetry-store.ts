import { join } from 'node:path';
import { VerdantError } from '../../contract/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import { openChdb } from './engine/chdb-engine.ts';
import { openClickHouse } from './engine/clickhouse-engine.ts';
import type { SqlEngine } from './engine/sql-engine.ts';
import { applyPolicies, type StorePolicies } from './migrations/apply-policies.ts';
import { migrateTelemetry } from './migrations/migrate.ts';
import { SpanWriter, type SpanWriterOptions } from './span-writer.ts';

export interface TelemetryStoreOptions extends StorePolicies, SpanWriterOptions {
  /** Data directory of the embedded engine; not used with a URL. */
  readonly dir: string;
  readonly url: string | undefined;
  readonly cluster: string | undefined;
  readonly memoryBytes: number;
  readonly queryMemoryBytes: number;
  readonly queryTimeoutMs: number;
  readonly readSessions: number;
}

/** Telemetry and the ledger: an engine with the newest tables, and the writer of spans. */
export interface TelemetryStore {
  readonly engine: SqlEngine;
  readonly spans: SpanWriter;
  /** Writes what waits and lets go of the data. */
  close(): Promise<void>;
}

/**
 * Opens the telemetry store, embedded or by URL, and brings its tables up to date.
 * @throws VerdantError of the engine or of the migrations
 */
export async function openTelemetryStore(options: TelemetryStoreOptions, clock: Clock): Promise<TelemetryStore> {
  const engine =
    options.url === undefined
      ? await openChdb({ ...options, dir: join(options.dir, 'telemetry') })
      : await openClickHouse({ ...options, url: options.url });
  try {
    const spans = await prepare(engine, options, clock);
    return {
      engine,
      spans,
      close: async () => {
        await spans.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw options.url === undefined ? asCorrupt(error, options.dir) : error;
  }
}

async function prepare(engine: SqlEngine, options: TelemetryStoreOptions, clock: Clock): Promise<SpanWriter> {
  const layout = { cluster: options.cluster };
  await migrateTelemetry(engine, layout);
  await applyPolicies(engine, layout, options);
  return SpanWriter.open(engine, clock, options);
}

/** The first statements touch all that the directory must hold: what fails there for no reason of ours is damage. */
function asCorrupt(error: unknown, path: string): unknown {
  if (!(error instanceof VerdantError) || error.code !== 'internal') return error;
  return new VerdantError('data-directory-corrupt', { details: [{ path, message: error.message }], cause: error });
}

import type { Migration } from './migration.ts';

/** The tiers of the ledger, and what keeps the slices of all objectives of one time together in each. */
const TIERS = [
  { name: 'minute', bucket: 'toStartOfHour(slot)' },
  { name: 'hour', bucket: 'toStartOfDay(slot)' },
  { name: 'day', bucket: 'toStartOfMonth(slot)' },
] as const;

/**
 * The ledger: good and valid events per objective, version of its indicator and slice. A slice is written anew whenever
 * late telemetry changes it, and the highest revision holds. Ordered by time first, since the board reads the same few
 * hours of all objectives at once.
 */
export const ledger: Migration = {
  id: 2,
  name: 'ledger',
  tables: TIERS.map(({ name, bucket }) => ({
    name: `ledger_${name}`,
    engine: 'ReplacingMergeTree(revision)',
    partitionBy: 'toYYYYMM(slot)',
    orderBy: `(${bucket}, objective, version, slot)`,
    shardBy: 'cityHash64(objective)',
    settings: 'ttl_only_drop_parts = 1, index_granularity = 8192',
    columns: `
      objective UInt32 CODEC(Delta, ZSTD(1)),
      version UInt32 CODEC(Delta, ZSTD(1)),
      slot DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
      good UInt64 CODEC(T64, ZSTD(1)),
      valid UInt64 CODEC(T64, ZSTD(1)),
      data_minutes UInt16 CODEC(ZSTD(1)),
      idle_minutes UInt16 CODEC(ZSTD(1)),
      first_minute DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
      revision UInt64 CODEC(Delta, ZSTD(1))`,
  })),
};

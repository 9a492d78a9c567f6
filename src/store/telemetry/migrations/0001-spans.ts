import type { Migration } from './migration.ts';

/**
 * Spans as they came, and beside them what Verdant read out of those that are requests.
 * Ordered by service and minute, because every question about an objective names both; partitioned by week, so that
 * retention drops whole parts. `batch` tells the payload a span came with: a sender that repeats a payload after a
 * crash must not count twice. `ingested_at` is given by the writer and only grows: evaluation goes on from there.
 */
export const spans: Migration = {
  id: 1,
  name: 'spans',
  tables: [
    {
      name: 'spans',
      engine: 'MergeTree',
      partitionBy: 'toMonday(time)',
      orderBy: '(service, request, toStartOfMinute(time), endpoint)',
      shardBy: 'cityHash64(trace_id)',
      settings: 'ttl_only_drop_parts = 1, index_granularity = 8192',
      columns: `
        time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
        duration_ns UInt64 CODEC(T64, ZSTD(1)),
        trace_id FixedString(16) CODEC(ZSTD(1)),
        span_id FixedString(8) CODEC(NONE),
        parent_span_id FixedString(8) CODEC(ZSTD(1)),
        kind UInt8 CODEC(ZSTD(1)),
        status_code UInt8 CODEC(ZSTD(1)),
        status_message String CODEC(ZSTD(1)),
        service LowCardinality(String) CODEC(ZSTD(1)),
        namespace LowCardinality(String) CODEC(ZSTD(1)),
        version LowCardinality(String) CODEC(ZSTD(1)),
        environment LowCardinality(String) CODEC(ZSTD(1)),
        scope LowCardinality(String) CODEC(ZSTD(1)),
        name LowCardinality(String) CODEC(ZSTD(1)),
        request UInt8 CODEC(ZSTD(1)),
        endpoint LowCardinality(String) CODEC(ZSTD(1)),
        method LowCardinality(String) CODEC(ZSTD(1)),
        path String CODEC(ZSTD(1)),
        user_agent LowCardinality(String) CODEC(ZSTD(1)),
        http_status UInt16 CODEC(ZSTD(1)),
        rpc_status Int8 CODEC(ZSTD(1)),
        failed UInt8 CODEC(ZSTD(1)),
        resource LowCardinality(String) CODEC(ZSTD(1)),
        attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
        events String CODEC(ZSTD(1)),
        batch UInt64 CODEC(ZSTD(1)),
        ingested_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
        INDEX ingested_at_range ingested_at TYPE minmax GRANULARITY 1`,
    },
  ],
};

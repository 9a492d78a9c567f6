import { MINUTE_MS } from '../../../core/slo/window.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';

/** Minutes of a service that got new telemetry, as ranges without gaps. */
export interface TouchedRange {
  readonly service: string;
  /** Milliseconds, start of the first minute. */
  readonly fromMs: number;
  /** Milliseconds, end of the last minute. */
  readonly toMs: number;
}

/**
 * Which minutes of which services got spans after one ingest time and up to another (microseconds).
 */
export async function touchedMinutes(engine: SqlEngine, after: bigint, until: bigint): Promise<TouchedRange[]> {
  const rows = await engine.query(
    `SELECT service, toUnixTimestamp(toStartOfMinute(time)) AS minute FROM spans
     WHERE ingested_at > fromUnixTimestamp64Micro({after:Int64}) AND ingested_at <= fromUnixTimestamp64Micro({until:Int64})
     GROUP BY service, minute ORDER BY service, minute`,
    { service: cell.text, minute: cell.int },
    { after: String(after), until: String(until) },
    { lane: 'evaluate' },
  );
  return joinMinutes(rows.map(({ service, minute }) => ({ service, ms: minute * 1000 })));
}

/** Joins neighbouring minutes, given in order, into ranges. */
export function joinMinutes(minutes: readonly { readonly service: string; readonly ms: number }[]): TouchedRange[] {
  const ranges: TouchedRange[] = [];
  for (const { service, ms } of minutes) {
    const last = ranges.at(-1);
    if (last !== undefined && last.service === service && last.toMs === ms) {
      ranges[ranges.length - 1] = { ...last, toMs: ms + MINUTE_MS };
    } else {
      ranges.push({ service, fromMs: ms, toMs: ms + MINUTE_MS });
    }
  }
  return ranges;
}

import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';

const DAY_MS = 86_400_000;
const MOST_SERVICES = 5000;

/** A service over the last 24 hours. */
export interface ServiceRow {
  readonly name: string;
  readonly namespace: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly requests: bigint;
  readonly failed: bigint;
  readonly endpoints: number;
}

/** Services that sent spans in the last 24 hours: what a day holds is read, however long the history is. */
export async function activeServices(engine: SqlEngine, nowMs: number): Promise<ServiceRow[]> {
  return engine.query(
    `SELECT service, namespace, toUnixTimestamp64Milli(toDateTime64(min(time), 3)), toUnixTimestamp64Milli(toDateTime64(max(time), 3)),
       countIf(request = 1), countIf(failed = 1), uniqExactIf(endpoint, request = 1)
     FROM spans WHERE time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     GROUP BY service, namespace ORDER BY service, namespace LIMIT ${MOST_SERVICES}`,
    {
      name: cell.text,
      namespace: cell.text,
      firstSeenMs: cell.int,
      lastSeenMs: cell.int,
      requests: cell.count,
      failed: cell.count,
      endpoints: cell.int,
    },
    { since: nowMs - DAY_MS },
  );
}

/** When a service was there, to the minute, as far back as spans are kept. */
export interface ServiceLife {
  readonly name: string;
  readonly namespace: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** All services that ever sent a span that is still kept. Reads all spans: some seconds where there are 100 million. */
export async function serviceLives(engine: SqlEngine): Promise<ServiceLife[]> {
  const rows = await engine.query(
    `SELECT service, namespace, toUnixTimestamp(min(toStartOfMinute(time))), toUnixTimestamp(max(toStartOfMinute(time)))
     FROM spans GROUP BY service, namespace ORDER BY service, namespace LIMIT ${MOST_SERVICES}`,
    { name: cell.text, namespace: cell.text, first: cell.int, last: cell.int },
  );
  return rows.map(({ first, last, ...row }) => ({ ...row, firstSeenMs: first * 1000, lastSeenMs: last * 1000 }));
}

/** An endpoint of a service over the last 24 hours. */
export interface EndpointRow {
  readonly endpoint: string;
  readonly requests: bigint;
  readonly failed: bigint;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly lastSeenMs: number;
}

export async function listEndpoints(engine: SqlEngine, service: string, nowMs: number): Promise<EndpointRow[]> {
  return engine.query(
    `SELECT endpoint, count() AS requests, countIf(failed = 1), quantileTDigest(0.5)(duration_ns) / 1e6,
       quantileTDigest(0.95)(duration_ns) / 1e6, quantileTDigest(0.99)(duration_ns) / 1e6,
       toUnixTimestamp64Milli(toDateTime64(max(time), 3))
     FROM spans WHERE service = {service:String} AND request = 1 AND time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     GROUP BY endpoint ORDER BY requests DESC, endpoint LIMIT 1000`,
    {
      endpoint: cell.text,
      requests: cell.count,
      failed: cell.count,
      p50Ms: cell.number,
      p95Ms: cell.number,
      p99Ms: cell.number,
      lastSeenMs: cell.int,
    },
    { service, since: nowMs - DAY_MS },
  );
}

/** Endpoints that services had since a time, so that after a restart the same names stay under the cap. */
export async function knownEndpoints(
  engine: SqlEngine,
  sinceMs: number,
): Promise<{ service: string; endpoint: string }[]> {
  return engine.query(
    `SELECT service, endpoint FROM spans WHERE request = 1 AND time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     GROUP BY service, endpoint LIMIT 1000000`,
    { service: cell.text, endpoint: cell.text },
    { since: sinceMs },
  );
}

/** The time between the first and the last span of services, per service, in milliseconds. */
export async function storedRange(
  engine: SqlEngine,
  service: string,
): Promise<{ readonly fromMs: number; readonly toMs: number } | undefined> {
  const [row] = await engine.query(
    `SELECT count(), toUnixTimestamp(toStartOfMinute(toDateTime(min(time), 'UTC'))), toUnixTimestamp(toStartOfMinute(toDateTime(max(time), 'UTC')))
     FROM spans WHERE service = {service:String}`,
    { spans: cell.count, from: cell.int, to: cell.int },
    { service },
    { lane: 'evaluate' },
  );
  return row === undefined || row.spans === 0n ? undefined : { fromMs: row.from * 1000, toMs: row.to * 1000 + 60_000 };
}

import type { Endpoint, Service } from '../../contract/api/services.ts';
import { VerdantError } from '../../contract/errors.ts';
import { countOnWire } from '../../core/slo/count-on-wire.ts';
import type { Clock } from '../../lib/clock.ts';
import { isoTime } from '../../lib/iso-time.ts';
import { Remembered } from '../../lib/remembered.ts';
import type { SqlEngine } from '../../store/telemetry/engine/sql-engine.ts';
import {
  activeServices,
  listEndpoints,
  type ServiceLife,
  type ServiceRow,
  serviceLives,
} from '../../store/telemetry/questions/services.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';

/** A history of months is looked through this often at most. */
const REMEMBER_LIVES_MS = 300_000;

/** Since when each service is known; remembered, since all spans must be read for it. */
export const rememberServiceLives = (engine: SqlEngine, clock: Clock): Remembered<ServiceLife[]> =>
  new Remembered(clock, REMEMBER_LIVES_MS, () => serviceLives(engine));

const keyOf = ({ name, namespace }: { readonly name: string; readonly namespace: string }): string =>
  `${name}\0${namespace}`;

/** Services discovered from spans, with the requests and endpoints of the last 24 hours. */
export async function readServices(ctx: ActingContext): Promise<Service[]> {
  requireScope(ctx.actor, 'objectives:read');
  const [active, lives] = await Promise.all([
    activeServices(ctx.telemetry.engine, ctx.clock.now()),
    ctx.serviceLives.value(),
  ]);
  const services = new Map<string, ServiceRow>(
    lives.map((life) => [keyOf(life), { ...life, requests: 0n, failed: 0n, endpoints: 0 }]),
  );
  for (const row of active) {
    const firstSeenMs = Math.min(row.firstSeenMs, services.get(keyOf(row))?.firstSeenMs ?? row.firstSeenMs);
    services.set(keyOf(row), { ...row, firstSeenMs });
  }
  return [...services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { name, namespace, firstSeenMs, lastSeenMs, requests, failed, endpoints }]) => ({
      name,
      namespace,
      firstSeen: isoTime(firstSeenMs),
      lastSeen: isoTime(lastSeenMs),
      requests: countOnWire(requests),
      failed: countOnWire(failed),
      endpoints,
    }));
}

/**
 * Endpoints of a service over the last 24 hours, the busiest first.
 * @throws VerdantError `not-found` when no span ever came from such a service
 */
export async function readEndpoints(ctx: ActingContext, service: string): Promise<Endpoint[]> {
  requireScope(ctx.actor, 'objectives:read');
  const rows = await listEndpoints(ctx.telemetry.engine, service, ctx.clock.now());
  if (rows.length === 0 && !(await readServices(ctx)).some(({ name }) => name === service)) {
    throw new VerdantError('not-found', { message: `No span came from a service "${service}".` });
  }
  return rows.map(({ lastSeenMs, requests, failed, ...row }) => ({
    ...row,
    requests: countOnWire(requests),
    failed: countOnWire(failed),
    lastSeen: isoTime(lastSeenMs),
  }));
}

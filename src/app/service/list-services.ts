import type { Endpoint, Service } from '../../contract/api/services.ts';
import { VerdantError } from '../../contract/errors.ts';
import { countOnWire } from '../../core/slo/count-on-wire.ts';
import { listEndpoints, listServices } from '../../store/telemetry/questions/services.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Services discovered from spans, with the requests of the last 24 hours. */
export async function readServices(ctx: ActingContext): Promise<Service[]> {
  requireScope(ctx.actor, 'objectives:read');
  const rows = await listServices(ctx.telemetry.engine, ctx.clock.now());
  return rows.map(({ firstSeenMs, lastSeenMs, requests, failed, ...row }) => ({
    ...row,
    firstSeen: iso(firstSeenMs),
    lastSeen: iso(lastSeenMs),
    requests: countOnWire(requests),
    failed: countOnWire(failed),
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
    lastSeen: iso(lastSeenMs),
  }));
}

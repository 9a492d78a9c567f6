import { VerdantError } from '../../contract/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { SqlEngine } from '../../store/telemetry/engine/sql-engine.ts';
import { knownEndpoints } from '../../store/telemetry/questions/services.ts';

const DAY_MS = 86_400_000;

/**
 * Names of services and endpoints that were there before a start. Where all that is stored is too much to look
 * through, those of the last day: a long history must not keep Verdant from starting.
 */
export async function recallEndpoints(
  engine: SqlEngine,
  clock: Clock,
  log: { warn(details: object, message: string): void },
): Promise<{ service: string; endpoint: string }[]> {
  try {
    return await knownEndpoints(engine, 0);
  } catch (error) {
    if (!(error instanceof VerdantError && error.code === 'query-too-heavy')) throw error;
    log.warn({ err: error }, 'only the endpoints of the last day keep their names for certain');
    return knownEndpoints(engine, clock.now() - DAY_MS);
  }
}

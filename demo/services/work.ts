import { setTimeout as sleep } from 'node:timers/promises';
import { baseFailureShare, drawDuration, type Operation, timings } from '../bank/timing.ts';

/** What goes wrong now and then on a normal day. */
export class UnluckyError extends Error {
  constructor(operation: Operation) {
    super(`${operation}: a dependency did not answer in time`);
  }
}

/**
 * The waiting part of an operation: the systems behind it that the demo does not have.
 * @throws UnluckyError for the small share of requests that fail on a normal day
 */
export async function waitFor(operation: Operation): Promise<void> {
  await sleep(drawDuration(Math.random, timings[operation]));
  if (Math.random() < baseFailureShare[operation]) throw new UnluckyError(operation);
}

import { logNormal, type Random } from './random.ts';

/** How long an operation takes: most draws log-normal, a few from a slow tail (garbage, retries, cold caches). */
export interface Timing {
  readonly medianMs: number;
  readonly sigma: number;
  readonly tailShare: number;
  readonly tailFromMs: number;
  readonly tailToMs: number;
}

export const operations = ['login', 'refresh', 'accounts', 'transactions', 'pay', 'payment'] as const;
export type Operation = (typeof operations)[number];

/** One table for the live services and for the history, so that the two cannot be told apart by their durations. */
export const timings: Readonly<Record<Operation, Timing>> = {
  login: { medianMs: 75, sigma: 0.35, tailShare: 0.012, tailFromMs: 300, tailToMs: 900 },
  refresh: { medianMs: 12, sigma: 0.4, tailShare: 0.004, tailFromMs: 60, tailToMs: 250 },
  accounts: { medianMs: 28, sigma: 0.45, tailShare: 0.008, tailFromMs: 150, tailToMs: 700 },
  transactions: { medianMs: 46, sigma: 0.5, tailShare: 0.012, tailFromMs: 250, tailToMs: 1200 },
  pay: { medianMs: 140, sigma: 0.4, tailShare: 0.015, tailFromMs: 450, tailToMs: 2000 },
  payment: { medianMs: 10, sigma: 0.4, tailShare: 0.004, tailFromMs: 60, tailToMs: 300 },
};

/** Share of requests that fail on a normal day, for no reason anybody has found yet. */
export const baseFailureShare: Readonly<Record<Operation, number>> = {
  login: 0.0001,
  refresh: 0.0001,
  accounts: 0.0003,
  transactions: 0.0004,
  pay: 0.0002,
  payment: 0.0001,
};

/** What the fault `auth-slow` and slow logins of the past add: most logins, 0.6 to 1.5 s. */
export const slowLogin = { share: 0.85, fromMs: 600, toMs: 1500 } as const;

/** Share of the payments in flight that take the process with them while the fault `payments-crash` is on. */
export const crashShare = 0.5;

/** One duration in milliseconds. */
export function drawDuration(random: Random, timing: Timing): number {
  if (random() < timing.tailShare) return timing.tailFromMs + random() * (timing.tailToMs - timing.tailFromMs);
  return logNormal(random, timing.medianMs, timing.sigma);
}

/** How much longer a login takes while logins are slow; 0 for the lucky few. */
export function drawLoginDelay(random: Random): number {
  if (random() >= slowLogin.share) return 0;
  return slowLogin.fromMs + random() * (slowLogin.toMs - slowLogin.fromMs);
}

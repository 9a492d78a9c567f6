import { logNormal, type Random } from './random.ts';
import type { Operation } from './timing.ts';

/** One tap of a customer: what it asks for, how long the customer looked before tapping. */
export interface Step {
  readonly operation: Operation;
  readonly pauseMs: number;
  /** Only of a login: the password has a slip of the finger in it. */
  readonly mistyped: boolean;
}

/** Share of logins with a mistyped password. */
export const MISTYPED_SHARE = 0.04;

const share = { returning: 0.3, transactions: 0.6, pay: 0.4, checksPayment: 0.8, moreTransactions: 0.15 } as const;

/** What one customer does from opening the app to putting the phone away. */
export function planJourney(random: Random): Step[] {
  const steps: Step[] = [];
  const tap = (operation: Operation, medianPauseMs: number, mistyped = false): void => {
    steps.push({ operation, pauseMs: medianPauseMs === 0 ? 0 : logNormal(random, medianPauseMs, 0.5), mistyped });
  };
  if (random() < share.returning) {
    tap('refresh', 0);
  } else {
    const mistyped = random() < MISTYPED_SHARE;
    tap('login', 0, mistyped);
    if (mistyped) tap('login', 5000);
  }
  tap('accounts', 400);
  if (random() < share.transactions) tap('transactions', 2500);
  if (random() < share.pay) {
    tap('pay', 9000);
    if (random() < share.checksPayment) tap('payment', 1500);
  }
  if (random() < share.moreTransactions) tap('transactions', 4000);
  return steps;
}

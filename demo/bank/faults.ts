/** A fault that can be switched on: what breaks, and what to look at. Texts are for the page that has the switches. */
export interface FaultKind {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

export const faultNames = ['auth-slow', 'accounts-db-failing', 'payments-crash', 'traffic-gone'] as const;
export type FaultName = (typeof faultNames)[number];

/** A fault that nobody ends ends by itself. */
export const FAULT_MAX_MS = 30 * 60_000;

export const faultKinds: Readonly<Record<FaultName, FaultKind>> = {
  'auth-slow': {
    name: 'auth-slow',
    title: 'Logins become slow',
    description:
      'Authentication answers most logins 0.6 to 1.5 seconds later. Watch "Sign-in is fast" fall and burn its budget within a minute, and "Sign-in works" stay where it is: slow is not broken.',
  },
  'accounts-db-failing': {
    name: 'accounts-db-failing',
    title: 'The accounts database fails',
    description:
      'The database hangs and drops its connections, again and again. Watch "Accounts can be read" and "The app gets answers" fall, and which endpoints spend their budgets; payments and sign-in stay green.',
  },
  'payments-crash': {
    name: 'payments-crash',
    title: 'Payments crashes',
    description:
      'Every second payment kills the payments process, which is started again with growing pauses; the gateway answers 502 and 503. Watch "Customers can pay": it is measured at the gateway, because a dead service counts no failures. "Payments answers" hardly sees it.',
  },
  'traffic-gone': {
    name: 'traffic-gone',
    title: 'No traffic at all',
    description:
      'The load generator stops, as after a broken release of the app. Watch the short windows run out of data: "no data" is a state of its own and neither green nor red.',
  },
};

/** Whether a text names a fault. */
export function isFaultName(text: string): text is FaultName {
  return text in faultKinds;
}

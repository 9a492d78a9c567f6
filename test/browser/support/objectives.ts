import type { RequestTraffic } from './send-requests.ts';

/** One objective that is violated, one that is met, one that never saw a request. */
export const someObjectives = `apiVersion: verdant/v1
kind: Objective
metadata:
  name: login-works
  displayName: Login works
  tags: { tier: "1" }
spec:
  description: Customers who cannot sign in call the hotline.
  owner: identity
  audience: business
  target: 99.9%
  indicator: { kind: request-availability, service: auth }
---
apiVersion: verdant/v1
kind: Objective
metadata:
  name: payments-fast
  displayName: Payments answer within 300 ms
spec:
  owner: payments
  audience: devops
  target: 95%
  indicator: { kind: request-latency, service: payments, threshold: 300ms }
---
apiVersion: verdant/v1
kind: Objective
metadata:
  name: search-works
  displayName: Search answers
spec:
  owner: accounts
  audience: sre
  target: 99%
  indicator: { kind: request-availability, service: search }
`;

/** Many objectives over the same requests. */
export const manyObjectives = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `apiVersion: verdant/v1
kind: Objective
metadata: { name: many-${index}, displayName: One of many ${index} }
spec:
  owner: platform
  audience: sre
  target: 99%
  indicator: { kind: request-availability, service: auth }
`,
  ).join('---\n');

/** An hour in which one login of twenty fails and every payment is quick. */
export const anHour: readonly RequestTraffic[] = [
  { service: 'auth', method: 'POST', route: '/login', minutes: 50, perMinute: 20, failures: 1, durationMs: 40 },
  { service: 'auth', method: 'GET', route: '/session', minutes: 50, perMinute: 10, failures: 0, durationMs: 5 },
  { service: 'payments', method: 'POST', route: '/payments', minutes: 50, perMinute: 10, failures: 0, durationMs: 80 },
];

import { type ObjectiveDefinition, objectiveSchema } from '../../src/contract/definitions/objective.ts';

const ENDPOINTS = ['GET /login', 'GET /accounts/:id', 'GET /accounts', 'GET /payments', 'GET /payments/:id'] as const;
const MORE_ENDPOINTS = ['GET /cards', 'GET /limits', 'GET /profile', 'POST /login', 'POST /payments'] as const;
const THRESHOLDS = ['25ms', '50ms', '100ms', '150ms', '200ms', '250ms', '300ms', '350ms', '500ms', '1s'] as const;
export const WINDOWS = ['1h', '24h', '7d', '30d', '90d'] as const;

const endpoints = [...ENDPOINTS, ...MORE_ENDPOINTS];

/** Half of them ask whether requests went well, half whether they were fast; none asks quite the same. */
export function objectiveFor(index: number, services: number): ObjectiveDefinition {
  const number = Math.floor(index / services);
  const endpoint = endpoints[number % endpoints.length];
  const selection = { service: `service-${index % services}`, endpoint, exclude: [{ userAgent: '*probe*' }] };
  const threshold = THRESHOLDS[number % THRESHOLDS.length];
  return objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name: `objective-${index}`, tags: { journey: `journey-${index % 7}` } },
    spec: {
      owner: `team-${index % 12}`,
      audience: 'sre',
      indicator:
        number % 2 === 0
          ? { kind: 'request-availability', ...selection }
          : { kind: 'request-latency', ...selection, threshold },
      target: '99.9%',
      windows: WINDOWS,
    },
  });
}

import { type ObjectiveDefinition, objectiveSchema } from '../../src/contract/definitions/objective.ts';

/** A valid availability objective by name, for tests that do not care what it measures. */
export function objectiveDefinition(name: string, target = '99.9%'): ObjectiveDefinition {
  return objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name, displayName: `Objective ${name}`, tags: { journey: 'payments' } },
    spec: {
      description: 'Payments that customers start are answered.',
      owner: 'team-payments',
      audience: 'sre',
      indicator: {
        kind: 'request-availability',
        service: 'payments',
        endpoint: 'POST /payments',
        exclude: [{ userAgent: '*probe*' }],
      },
      target,
    },
  });
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryDefinition } from '../../../test/factories/arbitrary-definition.ts';
import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { definitionToYaml } from './definition-to-yaml.ts';
import { parseDefinitions } from './parse-definitions.ts';

/** The same value with the keys of all maps in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, shuffled(inner)]));
}

it('writes what reads back as the same definition', () => {
  fc.assert(
    fc.property(arbitraryDefinition, (definition) => {
      const { objectives, diagnostics } = parseDefinitions([{ path: 'x.yaml', text: definitionToYaml(definition) }]);
      expect(diagnostics).toEqual([]);
      expect(objectives.map((objective) => objective.definition)).toEqual([definition]);
    }),
    { numRuns: 200 },
  );
});

it('writes the same text whatever the order of keys', () => {
  fc.assert(
    fc.property(arbitraryDefinition, (definition) => {
      expect(definitionToYaml(objectiveSchema.parse(shuffled(definition)))).toBe(definitionToYaml(definition));
    }),
    { numRuns: 100 },
  );
});

it('puts what people look for first, and leaves out what is empty', () => {
  const definition = objectiveSchema.parse({
    spec: {
      target: 0.999,
      indicator: { service: 'authentication', exclude: [{ userAgent: '*probe*' }], kind: 'request-availability' },
      owner: 'Identity',
      audience: 'sre',
    },
    metadata: { name: 'sign-in' },
    kind: 'Objective',
    apiVersion: 'verdant/v1',
  });
  expect(definitionToYaml(definition)).toBe(`apiVersion: verdant/v1
kind: Objective
metadata:
  name: sign-in
spec:
  owner: Identity
  audience: sre
  indicator:
    kind: request-availability
    service: authentication
    exclude:
      - userAgent: "*probe*"
  target: "0.999"
  windows:
    - 1h
    - 24h
    - 7d
    - 30d
  minimumCoverage: 0%
`);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDefinition } from '../../../test/factories/arbitrary-definition.ts';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { changeSchema } from '../../contract/api/definitions.ts';
import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';
import { planChanges } from './plan-changes.ts';

const keep = { prune: false };
const base = objectiveDefinition('pay');

function edited(spec: object, metadata: object = {}): ObjectiveDefinition {
  return objectiveSchema.parse({
    ...base,
    metadata: { ...base.metadata, ...metadata },
    spec: { ...base.spec, ...spec },
  });
}

const change = (after: ObjectiveDefinition) => planChanges([base], [after], keep)[0];

it('creates, keeps and, only when asked to, deletes; by name', () => {
  const current = [objectiveDefinition('gone'), objectiveDefinition('same')];
  const wanted = [objectiveDefinition('same'), objectiveDefinition('fresh')];
  expect(planChanges(current, wanted, keep).map(({ name, action }) => [name, action])).toEqual([
    ['fresh', 'create'],
    ['same', 'unchanged'],
  ]);
  expect(planChanges(current, wanted, { prune: true }).map(({ name, action }) => [name, action])).toEqual([
    ['fresh', 'create'],
    ['gone', 'delete'],
    ['same', 'unchanged'],
  ]);
});

describe('no change', () => {
  it.each([
    ['0.999 for 99.9%', edited({ target: '0.999' })],
    ['0.9990 for 99.9%', edited({ target: '0.9990', minimumCoverage: '0' })],
    ['a list of one for one', edited({ indicator: { ...base.spec.indicator, endpoint: ['POST /payments'] } })],
    ['keys in another order', edited({ indicator: Object.fromEntries(Object.entries(base.spec.indicator).reverse()) })],
  ])('is %s', (_, after) => {
    expect(change(after)).toEqual({ name: 'pay', action: 'unchanged', newIndicatorVersion: false, fields: [] });
  });
});

describe('an update', () => {
  it('names the fields that differ, before and after', () => {
    const after = edited(
      { target: '99.5%', warning: '99.9%', windows: ['1h'] },
      { displayName: undefined, tags: { journey: 'payments', tier: '1' } },
    );
    expect(change(after)).toEqual({
      name: 'pay',
      action: 'update',
      newIndicatorVersion: false,
      fields: [
        { path: 'metadata.displayName', before: 'Objective pay', after: null },
        { path: 'metadata.tags.tier', before: null, after: '1' },
        { path: 'spec.target', before: '99.9%', after: '99.5%' },
        { path: 'spec.warning', before: null, after: '99.9%' },
        { path: 'spec.windows', before: '1h, 24h, 7d, 30d', after: '1h' },
      ],
    });
  });
  it('makes a new version of the indicator when its meaning changes', () => {
    const exclude = [{ userAgent: '*probe*' }, { status: '404', path: '/wp-*' }];
    expect(change(edited({ indicator: { ...base.spec.indicator, exclude } }))).toMatchObject({
      newIndicatorVersion: true,
      fields: [{ path: 'spec.indicator.exclude[1]', before: null, after: '{"path":"/wp-*","status":"404"}' }],
    });
    const latency = { kind: 'request-latency', service: 'payments', threshold: '1s' };
    expect(change(edited({ indicator: latency }))?.newIndicatorVersion).toBe(true);
  });
  it('keeps the version when the indicator is only written otherwise', () => {
    const exclude = [{ userAgent: ['*probe*', '*PROBE*'] }];
    expect(change(edited({ indicator: { ...base.spec.indicator, exclude } }))).toMatchObject({
      action: 'update',
      newIndicatorVersion: false,
      fields: [{ path: 'spec.indicator.exclude[0].userAgent', before: '*probe*', after: '*probe*, *PROBE*' }],
    });
  });
  it('tells a list from text that looks like it', () => {
    const of = (endpoint: string | string[]) => edited({ indicator: { ...base.spec.indicator, endpoint } });
    expect(planChanges([of('a, b')], [of(['a', 'b'])], keep)[0]?.newIndicatorVersion).toBe(true);
  });
});

it('finds nothing between a definition and itself, and always fits the contract', () => {
  fc.assert(
    fc.property(arbitraryDefinition, arbitraryDefinition, (a, b) => {
      expect(planChanges([a], [a], { prune: true }).map(({ action }) => action)).toEqual(['unchanged']);
      const renamed = { ...b, metadata: { ...b.metadata, name: a.metadata.name } };
      const [only] = planChanges([a], [renamed], keep).map((each) => changeSchema.parse(each));
      expect(only?.action === 'update').toBe((only?.fields.length ?? 0) > 0);
      if (only?.newIndicatorVersion)
        expect(only.fields.some(({ path }) => path.startsWith('spec.indicator'))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

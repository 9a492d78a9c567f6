import { expect, it } from 'vitest';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { toObjective } from './to-objective.ts';

const base = objectiveDefinition('sign-in', '0.999');
const withSpec = (spec: object) => toObjective({ ...base, spec: { ...base.spec, ...spec } });

it('reads shares and windows exactly', () => {
  const objective = withSpec({ warning: '99.95%', minimumCoverage: '90%', windows: ['1h', '30d'] });
  expect(objective).toMatchObject({
    name: 'sign-in',
    title: 'Objective sign-in',
    target: 99_900_000,
    warning: 99_950_000,
    minimumCoverage: 90_000_000,
    windows: [
      { text: '1h', ms: 3_600_000 },
      { text: '30d', ms: 2_592_000_000 },
    ],
  });
  expect(objective.definition.spec.target).toBe('0.999');
});

it('takes the name for a title when there is none, and no warning as none', () => {
  const objective = toObjective({ ...base, metadata: { name: 'sign-in', tags: {} } });
  expect(objective.title).toBe('sign-in');
  expect(objective.warning).toBeUndefined();
});

it('takes the longest window as the primary one', () => {
  expect(withSpec({ windows: ['24h', '30d', '1h'] }).primaryWindow.text).toBe('30d');
});

it('knows the primary window among the windows by its length', () => {
  const { primaryWindow, windows } = withSpec({ windows: ['24h', '30d'], primaryWindow: '1d' });
  expect(primaryWindow).toEqual({ text: '24h', ms: 86_400_000 });
  expect(windows).toHaveLength(2);
});

it('adds a primary window that is not among the windows', () => {
  const { primaryWindow, windows } = withSpec({ windows: ['1h'], primaryWindow: '7d' });
  expect(primaryWindow.text).toBe('7d');
  expect(windows.map(({ text }) => text)).toEqual(['1h', '7d']);
});

it('refuses a document that nobody checked', () => {
  expect(() => withSpec({ target: 'high' })).toThrow(RangeError);
  expect(() => withSpec({ windows: ['long'] })).toThrow(RangeError);
});

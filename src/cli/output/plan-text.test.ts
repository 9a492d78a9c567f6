import { describe, expect, it } from 'vitest';
import { changeExample } from '../testing/examples.ts';
import { formatPlan } from './plan-text.ts';
import { createStyle } from './style.ts';

const style = createStyle(false);

describe('a plan', () => {
  it('names what is created, changed and deleted, and only counts the rest', () => {
    const changes = [
      changeExample('new', 'create'),
      changeExample('changed', 'update', { fields: [{ path: 'spec.target', before: '99.9%', after: '99.5%' }] }),
      changeExample('old', 'delete'),
      changeExample('same', 'unchanged'),
    ];
    expect(formatPlan({ applied: false, changes }, style)).toBe(
      [
        'Plan: 3 changes',
        '  + create new',
        '  ~ update changed',
        '      spec.target',
        '        99.9% -> 99.5%',
        '  - delete old',
        '1 to create, 1 to update, 1 to delete, 1 unchanged.',
        '',
      ].join('\n'),
    );
  });

  it('says when the history will be computed anew', () => {
    const changes = [changeExample('a', 'update', { newIndicatorVersion: true })];
    expect(formatPlan({ applied: true, changes }, style)).toContain('its history is computed anew');
  });

  it('says so when nothing changes', () => {
    const changes = [changeExample('a', 'unchanged')];
    expect(formatPlan({ applied: false, changes }, style)).toBe('Nothing to change; 1 unchanged.\n');
  });

  it('cuts long values to one line', () => {
    const fields = [{ path: 'spec.description', before: null, after: `first\n${'x'.repeat(200)}` }];
    const text = formatPlan({ applied: false, changes: [changeExample('a', 'update', { fields })] }, style);
    expect(text).toContain('nothing -> first xxx');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(90);
  });
});

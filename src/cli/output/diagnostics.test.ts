import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from './diagnostics.ts';
import { createStyle } from './style.ts';

const plain = createStyle(false);

describe('a diagnostic', () => {
  it('shows place, message, field, line with caret, expectation and suggestion', () => {
    const text = formatDiagnostic(
      {
        file: 'slo/login.yaml',
        line: 9,
        column: 3,
        path: 'spec.onwer',
        message: 'Unknown field "onwer".',
        excerpt: '  onwer: identity',
        expected: 'one of owner, audience',
        suggestion: 'owner',
      },
      plain,
    );
    expect(text).toBe(
      [
        'slo/login.yaml:9:3 error Unknown field "onwer". (spec.onwer)',
        '    9 |   onwer: identity',
        '      |   ^^^^^',
        '      expected  one of owner, audience',
        '      perhaps   owner',
      ].join('\n'),
    );
  });

  it('needs nothing but a message', () => {
    expect(formatDiagnostic({ message: 'The file is empty.' }, plain)).toBe('error The file is empty.');
  });

  it('wraps a long expectation within 80 columns', () => {
    const expected = Array.from({ length: 20 }, (_, index) => `field-${index}`).join(', ');
    const lines = formatDiagnostic({ message: 'm', expected }, plain).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(
      lines
        .slice(1)
        .map((line) => line.slice(16))
        .join(' '),
    ).toBe(expected);
  });

  it('keeps the caret under its column where tabs and long lines are', () => {
    const excerpt = `${'x'.repeat(150)}\t!here and ${'y'.repeat(100)}`;
    const lines = formatDiagnostic({ message: 'm', line: 1, column: 152, excerpt }, plain).split('\n');
    const column = lines[2]?.indexOf('^') ?? -1;
    expect(lines[1]?.slice(column, column + 5)).toBe('!here');
    expect(lines[1]?.length).toBeLessThanOrEqual(80);
  });
});

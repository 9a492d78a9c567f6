import { describe, expect, it } from 'vitest';
import { boardRowExample, overspent, windowExample } from '../testing/examples.ts';
import { formatStatus } from './status-text.ts';
import { createStyle } from './style.ts';

const style = createStyle(false);
const row = boardRowExample('an-objective-with-a-name-that-is-longer-than-most', [
  windowExample('1h', 'healthy'),
  windowExample('24h', 'warning'),
  windowExample('7d', 'violated', { sliText: '98.77%', budget: overspent }),
  windowExample('30d', 'no-data'),
]);

const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('the status of objectives', () => {
  it('has SLI and state beside each other where there is room', () => {
    const text = formatStatus([row], { style, width: 140 });
    expect(text).toContain('99.951% healthy');
    expect(text).toContain('98.77% VIOLATED');
    expect(text).toContain('-1130% left');
    expect(text.split('\n')[0]).toMatch(/^OBJECTIVE +1h +24h +7d +30d$/);
  });

  it('shows four windows in 80 columns, name cut, one thing a line', () => {
    const text = formatStatus([row], { style, width: 80 });
    expect(longest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain('an-objective-with');
    expect(text).toMatch(/99\.9% over 30d +healthy +warning +VIOLATED/);
    expect(text).toMatch(/51% left +51% left +-1130% left/);
  });

  it('becomes a list where a table is wider than the terminal', () => {
    const text = formatStatus([row], { style, width: 50 });
    expect(text).toContain('  7d    98.77%  VIOLATED  -1130% left');
    expect(text).toContain('  30d           no data');
  });

  it('never prints a number where there is no data', () => {
    const silent = boardRowExample('silent', [windowExample('30d', 'no-data')]);
    expect(formatStatus([silent], { style, width: 80 })).not.toMatch(/\d%(?! over)/);
  });

  it('counts the states over the primary windows, worst first', () => {
    const rows = [boardRowExample('a', [windowExample('30d', 'healthy')]), row];
    expect(formatStatus(rows, { style, width: 80 }).trimEnd().split('\n').at(-1)).toBe(
      '1 no data, 1 healthy over the primary window',
    );
  });
});

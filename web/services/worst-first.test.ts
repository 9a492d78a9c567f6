import { expect, it } from 'vitest';
import { byFailures } from './worst-first.ts';

it('puts the largest share of failures first, then the busiest', () => {
  const items = [
    { name: 'idle', requests: 0, failed: 0 },
    { name: 'busy', requests: 100, failed: 0 },
    { name: 'broken', requests: 10, failed: 5 },
    { name: 'many', requests: '9007199254740993', failed: 7 },
  ];
  expect(byFailures(items).map((item) => item.name)).toEqual(['broken', 'many', 'busy', 'idle']);
});

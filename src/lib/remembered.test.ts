import { expect, it } from 'vitest';
import { ManualClock } from './clock.ts';
import { Remembered } from './remembered.ts';

it('gets a value once until it is too old, also for those who ask at once or after the clock was set back', async () => {
  const clock = new ManualClock(1000);
  let got = 0;
  const remembered = new Remembered(clock, 60, async () => ++got);
  expect(await Promise.all([remembered.value(), remembered.value()])).toEqual([1, 1]);
  clock.advance(59);
  expect(await remembered.value()).toBe(1);
  clock.advance(1);
  expect(await remembered.value()).toBe(2);
  clock.advance(-1);
  expect(await remembered.value()).toBe(3);
});

it('tells a failure and tries again', async () => {
  let tries = 0;
  const remembered = new Remembered(new ManualClock(0), 60, async () => {
    tries += 1;
    if (tries === 1) throw new Error('not now');
    return tries;
  });
  await expect(Promise.all([remembered.value(), remembered.value()])).rejects.toThrow('not now');
  expect(await remembered.value()).toBe(2);
});

import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('let so many tasks run at once and the others in the order they came', async () => {
    const turns = new Turns(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const tasks = [0, 1, 2, 3].map((index) =>
      turns.take(async () => {
        started.push(index);
        await new Promise<void>((resolve) => {
          ends[index] = resolve;
        });
        return index;
      }),
    );
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await tasks[1];
    expect(started).toEqual([0, 1, 2]);
    ends[0]?.();
    await tasks[0];
    ends[2]?.();
    ends[3]?.();
    expect(await Promise.all(tasks)).toEqual([0, 1, 2, 3]);
  });

  it('go on after a task that fails', async () => {
    const turns = new Turns(1);
    const failed = turns.take(() => Promise.reject(new Error('no')));
    const next = turns.take(async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});

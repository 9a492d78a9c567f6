import { expect, it } from 'vitest';
import { BatchedLookup } from './batched-lookup.ts';

function library() {
  const questions: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const lookup = new BatchedLookup<string>(async (keys) => {
    questions.push(keys);
    await new Promise<void>((resolve) => answers.push(resolve));
    if (keys.includes('broken')) throw new Error('no answer');
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `about ${key}`]));
  });
  const answer = async () => {
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    answers.shift()?.();
  };
  return { lookup, questions, answer };
}

it('asks one question at a time; who comes in the meantime shares the next', async () => {
  const { lookup, questions, answer } = library();
  const first = lookup.find('a');
  await expect.poll(() => questions.length).toBe(1);
  const others = ['b', 'unknown', 'b', 'a'].map((key) => lookup.find(key));
  await answer();
  expect(await first).toBe('about a');
  await answer();
  expect(await Promise.all(others)).toEqual(['about b', undefined, 'about b', 'about a']);
  expect(questions).toEqual([['a'], ['b', 'unknown', 'a']]);
});

it('goes on after a question that failed', async () => {
  const { lookup, answer } = library();
  const broken = expect(lookup.find('broken')).rejects.toThrow('no answer');
  await answer();
  await broken;
  const next = lookup.find('a');
  await answer();
  expect(await next).toBe('about a');
});

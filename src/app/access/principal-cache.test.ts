import { expect, test } from 'vitest';
import { systemActor } from './actor.ts';
import { PrincipalCache } from './principal-cache.ts';

const forever = { actor: systemActor, expiresAt: Number.POSITIVE_INFINITY };

test('an answer is remembered for five seconds, also that a secret is unknown', () => {
  const cache = new PrincipalCache();
  expect(cache.recall('a', 0)).toBeUndefined();
  cache.remember('a', forever, 0);
  cache.remember('b', undefined, 0);
  expect(cache.recall('a', 4999)?.principal).toBe(forever);
  expect(cache.recall('b', 4999)).toMatchObject({ principal: undefined });
  expect(cache.recall('a', 5000)).toBeUndefined();
  expect(cache.recall('b', 5000)).toBeUndefined();
});

test('a session is not remembered longer than it lasts', () => {
  const cache = new PrincipalCache();
  cache.remember('a', { actor: systemActor, expiresAt: 1000 }, 0);
  expect(cache.recall('a', 999)).toBeDefined();
  expect(cache.recall('a', 1000)).toBeUndefined();
});

test('what is forgotten is asked anew, and whoever asked before can see that', () => {
  const cache = new PrincipalCache();
  cache.remember('a', forever, 0);
  const generation = cache.generation;
  cache.forget('a');
  expect(cache.recall('a', 1)).toBeUndefined();
  expect(cache.generation).not.toBe(generation);
});

test('it stays small, keeps what is used, and invented secrets do not push out valid ones', () => {
  const cache = new PrincipalCache();
  cache.remember('used', forever, 0);
  cache.remember('unused', forever, 0);
  for (let i = 0; i < 9_999; i++) {
    cache.recall('used', 1);
    cache.remember(`token-${i}`, forever, 1);
  }
  expect(cache.recall('used', 2)).toBeDefined();
  expect(cache.recall('unused', 2)).toBeUndefined();
  for (let i = 0; i < 30_000; i++) cache.remember(`invented-${i}`, undefined, 2);
  expect(cache.recall('used', 3)).toBeDefined();
  expect(cache.recall('invented-0', 3)).toBeUndefined();
  expect(cache.recall('invented-29999', 3)).toBeDefined();
});

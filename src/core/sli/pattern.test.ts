import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patternTest } from './pattern.ts';

it.each([
  ['POST /login', 'POST /login', true],
  ['POST /login', 'POST /login/', false],
  ['kube-probe/*', 'kube-probe/1.30', true],
  ['kube-probe/*', 'x kube-probe/1.30', false],
  ['*zgrab*', 'Mozilla/5.0 zgrab/0.x', true],
  ['*', '', true],
  ['', '', true],
  ['', 'x', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['/a.c', '/abc', false],
  ['/[a-z]+', '/[a-z]+', true],
  ['50%_*', '50%_x', true],
  ['/x*', '/x\ny', true],
])('%j of %j is %j', (pattern, text, matches) => {
  expect(patternTest(pattern, false)(text)).toBe(matches);
});

it('folds letters of ASCII only', () => {
  expect(patternTest('KUBE-probe/*', true)('Kube-Probe/1')).toBe(true);
  expect(patternTest('KUBE-probe/*', false)('Kube-Probe/1')).toBe(false);
  expect(patternTest('Ä', true)('ä')).toBe(false);
});

it('means what the regular expression means', () => {
  const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
  fc.assert(
    fc.property(letters('ab*.'), letters('ab.\n'), (pattern, text) => {
      const source = pattern
        .split('*')
        .map((part) => part.replaceAll('.', '\\.'))
        .join('.*');
      expect(patternTest(pattern, false)(text)).toBe(new RegExp(`^${source}$`, 's').test(text));
    }),
    { numRuns: 5000 },
  );
});

it('takes little time on text made to make a regular expression slow', () => {
  const matches = patternTest(`${'*a'.repeat(30)}b`, false);
  const began = performance.now();
  expect(matches('a'.repeat(100_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});

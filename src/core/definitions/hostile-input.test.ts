import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryDefinition } from '../../../test/factories/arbitrary-definition.ts';
import { definitionToYaml } from './definition-to-yaml.ts';
import { parseDefinitions, parseDefinitionsInTurns } from './parse-definitions.ts';

const read = (text: string) => parseDefinitions([{ path: 'x.yaml', text }]);

it('reads whatever stands in a file, and finds places within it', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\t',
      '\r\n',
      '\n',
      '\uFEFF',
      '---\n',
      '&a ',
      '*a',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '>-',
      '? ',
      '- ',
      ': ',
      '!!map ',
      '%YAML 1.1\n',
      '<<: ',
      '__proto__: ',
      '\u0000',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const edit = fc.record({ at: fc.nat(2000), cut: fc.nat(20), put: fc.array(piece, { maxLength: 4 }) });
  fc.assert(
    fc.property(arbitraryDefinition, fc.array(edit, { minLength: 1, maxLength: 5 }), (definition, edits) => {
      const text = edits.reduce((before, { at, cut, put }) => {
        const from = at % (before.length + 1);
        return `${before.slice(0, from)}${put.join('')}${before.slice(from + cut)}`;
      }, definitionToYaml(definition));
      const { diagnostics } = read(text);
      const lines = text.split('\n');
      for (const { line, column, message, excerpt } of diagnostics) {
        expect(message).not.toBe('');
        if (line === undefined) continue;
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(excerpt?.split('\n')[1]).toBe(`${' '.repeat((column ?? 0) - 1)}^`);
      }
    }),
    { numRuns: 200 },
  );
});

const inTime = (text: string, milliseconds: number) => {
  const began = performance.now();
  const result = read(text);
  expect(performance.now() - began).toBeLessThan(milliseconds);
  return result.diagnostics;
};

it('refuses a file of 10 MB at once', () => {
  expect(inTime('a: b\n'.repeat(2_000_000), 200)[0]?.message).toBe('the file has 10000000 characters');
});

it.each([
  ['flow lists', '['.repeat(100_000)],
  ['flow maps', '{a: '.repeat(60_000)],
  ['block lists', '- '.repeat(100_000)],
  ['complex keys', '? '.repeat(100_000)],
  ['block maps', Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('refuses %s nested without end', (_, text) => {
  expect(inTime(text, 8000).at(0)?.message).toBe('nested too deeply');
});

it('refuses anchors that multiply', () => {
  const levels = Array.from(
    { length: 8 },
    (_, level) => `a${level}: &a${level} [${'*b,'.repeat(9).replaceAll('b', level === 0 ? 'z' : `a${level - 1}`)}]`,
  );
  expect(inTime(`z: &z x\n${levels.join('\n')}`, 2000)[0]?.message).toBe('anchors are used too often');
});

it('survives an anchor within itself', () => {
  expect(read('metadata: &a\n  tags: *a\n').diagnostics.length).toBeGreaterThan(0);
});

it.each([
  ['entries', `a:\n${Array.from({ length: 50_000 }, (_, index) => `  k${index}: 1`).join('\n')}`],
  ['uses of anchors', `a: &a x\nb: [${'*a, '.repeat(900)}]`],
  ['documents', '---\n'.repeat(50_000)],
])('refuses too many %s', (what, text) => {
  expect(inTime(text, 8000)[0]?.message).toBe(`too many ${what}`);
});

it('does not take long over very many mistakes', () => {
  const tags = Array.from({ length: 900 }, (_, index) => `    k${index}: 1`).join('\n');
  const document = `apiVersion: verdant/v1\nkind: Objective\nmetadata:\n  name: x\n  tags:\n${tags}\nspec: {}\n`;
  expect(inTime(Array.from({ length: 60 }, () => document).join('---\n'), 8000).length).toBe(101);
  expect(inTime('}\n'.repeat(50_000), 8000).length).toBeGreaterThan(0);
});

it('leaves prototypes alone', () => {
  read(
    '__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\nmetadata: {tags: {__proto__: {polluted: "1"}}}',
  );
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

it.each([
  ['brackets', '['.repeat(1_000_000)],
  ['empty lists', '[]'.repeat(500_000)],
  ['closing brackets', '}'.repeat(1_000_000)],
  ['directives', '%a\n'.repeat(300_000)],
  ['lines', '\n'.repeat(1_000_000)],
])('refuses a megabyte of %s by a look at the text', (_, text) => {
  expect(inTime(text, 2000).at(0)?.message).toMatch(/^the file has \d+ brackets/);
});

it('refuses closing brackets that close nothing, before an error is made of each', () => {
  expect(inTime('}'.repeat(100_000), 4000).at(0)?.message).toBe('too many characters out of place');
});

it('stops where all files together are too much, and says where', () => {
  const files = Array.from({ length: 15 }, (_, index) => ({ path: `${index}.yaml`, text: '#\n'.repeat(50_000) }));
  const { diagnostics } = parseDefinitions(files);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ file: '12.yaml', expected: 'some 10 MB at once: apply them in parts' });
});

it('lets others go on between two files', async () => {
  const files = ['a', 'b'].map((path) => ({ path, text: 'kind: Nothing\n' }));
  let pauses = 0;
  const result = await parseDefinitionsInTurns(files, async () => {
    pauses++;
  });
  expect(pauses).toBe(2);
  expect(result).toEqual(parseDefinitions(files));
});

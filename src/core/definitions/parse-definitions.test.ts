import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorDetail } from '../../contract/errors.ts';
import { parseDefinitions } from './parse-definitions.ts';

const good = `apiVersion: verdant/v1
kind: Objective
metadata:
  name: sign-in
spec:
  owner: Identity
  audience: sre
  indicator:
    kind: request-latency
    service: authentication
    threshold: 300ms
  target: 99.9%
`;

const read = (text: string) => parseDefinitions([{ path: 'a.yaml', text }]);

/** Diagnostics in short: place, message, what is perhaps meant. */
const mistakes = (text: string): string[] =>
  read(text).diagnostics.map(({ line, column, message, suggestion }) =>
    [`${line}:${column} ${message}`, ...(suggestion === undefined ? [] : [suggestion])].join(' -> '),
  );

/** The good document with one line in place of another. */
const instead = (line: string, by: string): string => {
  expect(good).toContain(line);
  return good.replace(line, by);
};

function only(text: string): ErrorDetail {
  const { diagnostics } = read(text);
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0] ?? { message: 'none' };
}

describe('files that are right', () => {
  it('give objectives with defaults, file and line', () => {
    const { objectives, diagnostics } = read(`# two\n---\n${good}---\n${good.replace('sign-in', 'pay')}`);
    expect(diagnostics).toEqual([]);
    expect(objectives.map(({ definition, file, line }) => [definition.metadata.name, file, line])).toEqual([
      ['sign-in', 'a.yaml', 3],
      ['pay', 'a.yaml', 16],
    ]);
    expect(objectives[0]?.definition.spec).toMatchObject({
      windows: ['1h', '24h', '7d', '30d'],
      minimumCoverage: '0%',
      indicator: { failedRequests: 'exclude' },
    });
  });
  it('may be empty, or hold empty documents', () => {
    expect(read('')).toEqual({ objectives: [], diagnostics: [] });
    expect(read('# nothing\n---\n---\n# still nothing\n')).toEqual({ objectives: [], diagnostics: [] });
  });
  it('may have a byte order mark, and lines that end as on Windows', () => {
    const text = `\uFEFF${good.replaceAll('\n', '\r\n')}`;
    expect(read(text).objectives).toEqual(read(good).objectives);
    expect(only(text.replace('sre', 'SRE'))).toMatchObject({
      line: 7,
      column: 13,
      excerpt: `  audience: SRE\n${' '.repeat(12)}^`,
    });
  });
  it('may be JSON', () => {
    const document = JSON.stringify(read(good).objectives[0]?.definition);
    expect(read(document).objectives[0]?.definition).toEqual(read(good).objectives[0]?.definition);
  });
  it('may use anchors', () => {
    const text = instead('  target: 99.9%', '  target: &share 99.9%\n  minimumCoverage: *share');
    expect(read(text).objectives[0]?.definition.spec.minimumCoverage).toBe('99.9%');
  });
  it('are all the examples and those of the demo', () => {
    for (const directory of ['examples/objectives', 'demo/objectives']) {
      const files = readdirSync(directory).map((name) => ({
        path: `${directory}/${name}`,
        text: readFileSync(`${directory}/${name}`, 'utf8'),
      }));
      const { objectives, diagnostics } = parseDefinitions(files);
      expect(diagnostics).toEqual([]);
      expect(objectives.length).toBeGreaterThanOrEqual(files.length);
    }
  });
});

describe('a mistake', () => {
  it('is shown with its place, the line, what was expected and what may be meant', () => {
    expect(only(instead('audience: sre', 'audience: SRE'))).toEqual({
      message: 'audience cannot be "SRE"',
      path: 'spec.audience',
      file: 'a.yaml',
      line: 7,
      column: 13,
      excerpt: `  audience: SRE\n${' '.repeat(12)}^`,
      expected: 'business, devops or sre',
      suggestion: 'sre',
    });
  });
  it.each([
    ['target: 99.9%', 'target: 99.9', '12:11 target cannot be 99.9 -> 99.9%'],
    ['target: 99.9%', 'target: "99,9 %"', '12:11 target cannot be "99,9 %" -> 99.9%'],
    ['target: 99.9%', 'target: 101%', '12:11 target cannot be "101%"'],
    ['target: 99.9%', 'target: []', '12:11 target cannot be a list'],
    ['target: 99.9%', 'target:', '12:3 target is empty'],
    ['  target: 99.9%', '  description: none', '5:1 target is missing'],
    ['target: 99.9%', 'tarrget: 99.9%', '12:3 spec has no field "tarrget" -> target'],
    ['kind: request-latency', 'kind: request-latencies', '9:11 kind cannot be "request-latencies" -> request-latency'],
    ['    kind: request-latency\n', '', '8:3 kind is missing'],
    ['kind: Objective', 'kind: Objectve', '2:7 kind cannot be "Objectve" -> Objective'],
    ['kind: Objective', 'kind: Board', '2:7 documents with kind "Board" are not understood'],
    ['verdant/v1', 'verdant/v2', '1:13 apiVersion cannot be "verdant/v2" -> verdant/v1'],
    ['verdant/v1', 'openslo/v1', '1:13 documents with apiVersion "openslo/v1" are not understood'],
    ['name: sign-in', 'name: Sign In', '4:9 name cannot be "Sign In" -> sign-in'],
    ['name: sign-in', 'name: 5', '4:9 name cannot be 5 -> "5"'],
    ['threshold: 300ms', 'threshold: 300', '11:16 threshold cannot be 300'],
    ['threshold: 300ms', 'threshold: 300 MS', '11:16 threshold cannot be "300 MS" -> 300ms'],
    ['service: authentication', 'service: ""', '10:14 service is empty'],
    ['metadata:', 'owner: x\nmetadata:', '3:1 the document has no field "owner" -> spec.owner'],
    ['metadata:', 'constructor: x\nmetadata:', '3:1 the document has no field "constructor"'],
  ])('of %j written as %j', (line, by, mistake) => {
    expect(mistakes(instead(line, by))).toEqual([mistake]);
  });

  const withMatcher = (matcher: string): string[] =>
    mistakes(instead('    threshold', `    exclude:\n      - ${matcher}\n    threshold`));

  it.each([
    ['status: 5XX', '12:17 status cannot be "5XX" -> 5xx'],
    ['status: [404, 9xx]', '12:23 status[1] cannot be "9xx"'],
    ['status: [{a: 1}]', '12:18 status[0] cannot be a map'],
    ['status: {a: 1}', '12:17 status cannot be a map'],
    ['userAgent: [curl, 7]', '12:27 userAgent[1] cannot be 7 -> "7"'],
    ['rpcStatus: 17', '12:20 rpcStatus cannot be 17'],
    ['rpcStatus: 1.5', '12:20 rpcStatus cannot be 1.5'],
    ['failed: yes', '12:17 failed cannot be "yes" -> true'],
    ['useragent: curl', '12:9 exclude[0] has no field "useragent" -> userAgent'],
    ['{}', '12:9 exclude[0] must have at least one test'],
    ['attributes: {"": x}', '12:22 the key "" is not usable'],
    ['path: *.php', '12:15 *.php without quotes refers to an anchor that does not exist -> "*.php"'],
  ])('of a test %j', (matcher, mistake) => {
    expect(withMatcher(matcher)).toEqual([mistake]);
  });

  it('says which text is wanted where a number stands', () => {
    expect(only(instead('300ms', '300')).expected).toBe('a duration such as 300ms, 90s, 1h or 7d');
  });
  it('says what a missing field is for', () => {
    expect(only(instead('  owner: Identity\n', '')).expected).toBe('Team or person that answers for it.');
  });
});

describe('mistakes between fields', () => {
  it.each([
    [
      'a warning that is not above the target',
      'target: 99.9%\n  warning: 0.999',
      '13:12 warning 0.999 is not above the target 99.9%',
    ],
    ['a window twice', 'target: 99.9%\n  windows: [1d, 24h, 1d]', '13:17 24h is as long as 1d'],
  ])('%s', (_, lines, mistake) => {
    expect(mistakes(instead('target: 99.9%', lines))).toContain(mistake);
  });
  it('good and failure together, even beside other mistakes, and once only', () => {
    const both = instead('request-latency', 'request-availability').replace(
      'threshold: 300ms',
      'good: [{status: 2xx}]\n    failure: [{status: 5xx}]',
    );
    const message = '9:5 indicator must have either good or failure, not both';
    expect(mistakes(both)).toEqual([message]);
    expect(mistakes(both.replace('service: authentication', 'service: 1'))).toEqual([
      message,
      '10:14 service cannot be 1 -> "1"',
    ]);
  });
  it('a name that another document has, in whatever file and whatever else is wrong', () => {
    const files = [
      { path: 'a.yaml', text: good },
      { path: 'b.yaml', text: `${good.replace('sre', 'SRE')}---\n${good}` },
    ];
    const { diagnostics } = parseDefinitions(files);
    expect(diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'b.yaml:4 the name "sign-in" is taken',
      'b.yaml:7 audience cannot be "SRE"',
      'b.yaml:17 the name "sign-in" is taken',
    ]);
    expect(diagnostics[0]?.expected).toBe('a name of its own: a.yaml:4 has this one');
  });
});

describe('all mistakes at once', () => {
  it('of all fields, documents and files, in the order of places', () => {
    const first = good.replace('sre', 'SRE').replace('request-latency', 'request-latncy').replace('300ms', 'fast');
    const second = `${good.replace('sign-in', 'pay').replace('99.9%', '99.9')}---\nkind: [\n`;
    const { objectives, diagnostics } = parseDefinitions([
      { path: 'a.yaml', text: first },
      { path: 'b.yaml', text: second },
      { path: 'c.yaml', text: good.replace('sign-in', 'right') },
    ]);
    expect(objectives.map(({ file }) => file)).toEqual(['c.yaml']);
    expect(diagnostics.map(({ file, line, path }) => [file, line, path])).toEqual([
      ['a.yaml', 7, 'spec.audience'],
      ['a.yaml', 9, 'spec.indicator.kind'],
      ['a.yaml', 11, 'spec.indicator.threshold'],
      ['b.yaml', 12, 'spec.target'],
      ['b.yaml', 15, undefined],
    ]);
  });
  it('a key that stands twice does not hide the others', () => {
    expect(mistakes(instead('  target: 99.9%', '  owner: x\n  target: 2%\n  foo: 1'))).toEqual([
      '12:3 this key stands in the map twice',
      '14:3 spec has no field "foo"',
    ]);
  });
  it('but no more of a file than a person can read', () => {
    const { diagnostics } = read(Array.from({ length: 150 }, (_, index) => `a${index}: 1`).join('\n'));
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)).toEqual({ message: 'there are more mistakes; these are the first 100', file: 'a.yaml' });
  });
});

describe('broken YAML', () => {
  it.each([
    ['a tab', 'metadata:\n\tname: x', '2:1 a tab stands where the indentation is'],
    ['a colon in text', 'owner: a: b', '1:8 the text after the first colon holds another, or a list'],
    ['a reserved character', 'path: @x', '1:7 plain value cannot start with reserved character @'],
    [
      'an open bracket',
      'a: [1',
      '1:6 flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['an unknown tag', 'a: !secret x', '1:4 unresolved tag: !secret'],
    ['a list', '- a', '1:1 the document cannot be a list'],
    ['plain text', 'hello', '1:1 the document cannot be "hello"'],
  ])('%s', (_, text, mistake) => {
    expect(mistakes(text)[0]).toBe(mistake);
  });
});

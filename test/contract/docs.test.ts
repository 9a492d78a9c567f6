import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildProgram } from '../../src/cli/program.ts';
import { capturingContext } from '../../src/cli/testing/captured-run.ts';
import { errorBodySchema } from '../../src/contract/api/error-body.ts';
import { objectiveStatusSchema } from '../../src/contract/api/objectives.ts';
import { settings } from '../../src/contract/config.ts';
import { errorTable } from '../../src/contract/errors.ts';
import { allScopes } from '../../src/contract/scopes.ts';
import { parseDefinitions } from '../../src/core/definitions/parse-definitions.ts';
import { budgetOf } from '../../src/core/slo/budget.ts';
import { burnRateOf } from '../../src/core/slo/burn-rate.ts';
import { sliText } from '../../src/core/slo/sli.ts';
import { windowState } from '../../src/core/slo/verdict.ts';
import { windowSlices } from '../../src/core/slo/window.ts';
import { failsByDefault } from '../../src/core/telemetry/default-failure.ts';
import { requestOf } from '../../src/core/telemetry/request-of.ts';
import { SpanKind, SpanStatus } from '../../src/core/telemetry/span.ts';
import { parseDuration } from '../../src/lib/duration.ts';
import { parseShare } from '../../src/lib/share.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const under = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !/node_modules|\.vitepress/.test(path))
    .map((path) => join(folder, path));

const atRoot = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((path) =>
  existsSync(join(root, path)),
);
const pages = [...atRoot, ...['docs', 'examples', 'deploy', 'demo'].flatMap((folder) => under(folder, /\.md$/))];
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Block {
  /** File and line, for the message of a failure. */
  readonly at: string;
  readonly text: string;
}

/** Fenced blocks of a language in all pages. */
function blocks(...languages: readonly string[]): Block[] {
  return pages.flatMap((path) => {
    const text = textOf(path);
    const fences = text.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```/gm);
    return [...fences]
      .filter(([, language = '']) => languages.includes(language))
      .map((match) => ({ at: `${path}:${text.slice(0, match.index).split('\n').length}`, text: match[2] ?? '' }));
  });
}

/** Rows of every table that has all of these columns, by column. */
function tableRows(...columns: readonly string[]): { at: string; row: Record<string, string> }[] {
  return pages.flatMap((path) => {
    const lines = textOf(path).split('\n');
    const cellsOf = (line: string): string[] =>
      line
        .split('|')
        .slice(1, -1)
        .map((text) => text.trim());
    return lines.flatMap((line, index) => {
      const header = cellsOf(line);
      if (!columns.every((column) => header.includes(column))) return [];
      const end = lines.findIndex((later, position) => position > index && !later.startsWith('|'));
      return lines.slice(index + 2, end === -1 ? undefined : end).map((text, position) => ({
        at: `${path}:${index + 3 + position}`,
        row: Object.fromEntries(cellsOf(text).map((value, column) => [header[column] ?? '', value])),
      }));
    });
  });
}

describe('definitions in the docs', () => {
  const files = [
    ...blocks('yaml').filter(({ text }) => /^apiVersion: verdant\/v1/m.test(text)),
    ...under('examples', /\.ya?ml$/)
      .map((path) => ({ at: path, text: textOf(path) }))
      .filter(({ text }) => /^apiVersion: verdant\/v1/m.test(text)),
  ];
  it('are there', () => expect(files.length).toBeGreaterThan(15));
  it.each(files)('are valid: $at', ({ at, text }) => {
    const { objectives, diagnostics } = parseDefinitions([{ path: at, text }]);
    expect(diagnostics).toEqual([]);
    expect(objectives.length).toBeGreaterThan(0);
  });
});

/** Variables and flags of other programs in the examples. */
const KNOWN_ELSEWHERE = new Set(['VERDANT_INGEST_TOKEN', '--import', '--experimental-loader', '--help']);

describe('commands in the docs', () => {
  let program: Command;
  beforeAll(async () => {
    program = await buildProgram(capturingContext().context, () => true);
  });

  const longNames = (command: Command): string[] => command.options.map(({ long }) => long ?? '');

  /** What is wrong with a command line, or undefined. */
  function fault(words: readonly string[]): string | undefined {
    let command = program;
    let rest = words;
    for (let [word] = rest; word !== undefined; [word] = rest) {
      const next = command.commands.find((child) => child.name() === word);
      if (next === undefined) break;
      command = next;
      rest = rest.slice(1);
    }
    if (command === program) return `there is no command ${words[0]}`;
    if (command.commands.length > 0 && rest[0] !== undefined && !rest[0].startsWith('-')) {
      return `${command.name()} has no command ${rest[0]}`;
    }
    const shorts = command.options.map(({ short }) => short ?? '');
    const flags = rest.filter((word) => word.startsWith('-') && word !== '-').map((word) => word.split('=')[0] ?? '');
    const unknown = flags.find((flag) => ![...longNames(command), ...shorts, '--help', '-h'].includes(flag));
    return unknown === undefined ? undefined : `${command.name()} has no flag ${unknown}`;
  }

  /** Command lines of a text: what follows `verdant` up to the end of the command. */
  function commandLines(text: string): string[][] {
    const joined = text.replace(/\\\n\s*/g, ' ');
    const calls = joined.matchAll(/(?:\bnpx verdant|^\s*(?:run: )?verdant|\$\(verdant)[ \t]+([^\n|>;)#]*)/gm);
    return [...calls].map(([, line = '']) => line.trim().split(/\s+/)).filter(([first]) => first !== '');
  }

  const shell = () =>
    blocks('sh', 'bash', 'yaml').flatMap(({ at, text }) => commandLines(text).map((words) => ({ at, words })));
  const inline = () =>
    pages.flatMap((path) =>
      [...textOf(path).matchAll(/`(?:npx )?verdant ([a-z][^`\n]*)`/g)].map(([, line = '']) => ({
        at: path,
        words: line.split(/\s+/),
      })),
    );

  it('are real, with their flags', () => {
    const calls = [...shell(), ...inline()];
    expect(calls.length).toBeGreaterThan(40);
    const faults = calls.flatMap(({ at, words }) => {
      const what = fault(words);
      return what === undefined ? [] : [`${at}: ${what} (verdant ${words.join(' ')})`];
    });
    expect(faults).toEqual([]);
  });
  it('name settings, variables and scopes that exist', () => {
    const flags = new Set(
      program.commands.flatMap(function all(command: Command): string[] {
        return [...longNames(command), ...command.commands.flatMap(all)];
      }),
    );
    const variables = new Set([...settings.map(({ env }) => env), 'VERDANT_URL', 'VERDANT_TOKEN']);
    const faults = pages
      .filter((path) => path.startsWith('docs') && !path.startsWith('docs/reference/'))
      .flatMap((path) => {
        const text = textOf(path);
        const named = [...text.matchAll(/`(--[a-z][a-z-]+)(?:[ =][^`]*)?`/g)].map(([, flag = '']) => flag);
        const env = text.match(/\bVERDANT_[A-Z_]+\b/g) ?? [];
        const scopes = [...text.matchAll(/--scope (\S+)/g)].map(([, scope = '']) => scope);
        return [
          ...named.filter((flag) => !flags.has(flag) && !KNOWN_ELSEWHERE.has(flag)),
          ...env.filter((name) => !variables.has(name) && !KNOWN_ELSEWHERE.has(name)),
          ...scopes.filter((scope) => !allScopes.some((known) => known === scope)),
        ].map((name) => `${path}: ${name}`);
      });
    expect(faults).toEqual([]);
  });
});

describe('answers in the docs', () => {
  const json = blocks('json').map(({ at, text }) => ({ at, value: z.looseObject({}).parse(JSON.parse(text)) }));
  it('have the shape of the contract', () => {
    expect(json.length).toBeGreaterThan(0);
    for (const { at, value } of json) {
      const schema = 'error' in value ? errorBodySchema : objectiveStatusSchema;
      expect(schema.safeParse(value).error, at).toBeUndefined();
    }
  });
  it('have codes of the table of errors', () => {
    const codes = tableRows('Code', 'What to do').map(({ row }) => row.Code?.replaceAll('`', '') ?? '');
    expect(codes.length).toBeGreaterThan(3);
    for (const code of codes) expect(Object.keys(errorTable)).toContain(code);
  });
});

describe('paths in the docs', () => {
  it('lead to files', () => {
    const named = pages.flatMap((path) =>
      [...textOf(path).matchAll(/`((?:src|web|demo|test|examples|deploy|scripts)\/[\w./-]+)`/g)].map(
        ([, file = '']) => ({ path, file }),
      ),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
  });
});

const count = (text: string | undefined): bigint => BigInt((text ?? '').replaceAll(',', ''));
const plain = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-'));
const share = (text: string | undefined): number => {
  const points = parseShare(text ?? '');
  if (points === undefined) throw new Error(`${text} is no share`);
  return points;
};
const MONTH_MS = 30 * 86_400_000;

describe('worked numbers in the docs', () => {
  const rows = tableRows('Valid', 'Bad');

  it.each(rows.filter(({ row }) => 'State' in row || 'Budget left' in row || 'Burn rate' in row))(
    'are what the product computes: $at',
    ({ row }) => {
      const target = share(row.Target);
      const valid = count(row.Valid);
      const counts = { valid, good: valid - count(row.Bad) };
      const warning = row.Warning === undefined ? undefined : share(row.Warning);
      const evidence = { counts, coverage: { observed: 1, expected: 1 } };
      const budget = budgetOf(counts, target, MONTH_MS);
      const burn = burnRateOf('1h', counts, target);
      const state = windowState(evidence, { target, warning, minimumCoverage: 0 });
      if (row.SLI !== undefined) expect(row.SLI).toBe(sliText(counts, target));
      if (row.State !== undefined) expect(row.State).toBe(state);
      if (row.Allowed !== undefined) expect(plain(row.Allowed)).toBe(budget.allowed);
      if (row['Budget left'] !== undefined) expect(row['Budget left']).toBe(budget.remainingText);
      const minutes = row['Minutes left in 30 d'];
      if (minutes !== undefined) expect(plain(minutes)).toBeCloseTo(budget.minutes ?? Number.NaN, 1);
      if (row['Burn rate'] !== undefined) expect(plain(row['Burn rate'])).toBe(burn.rate);
      if (row['Highest burn rate'] !== undefined) expect(plain(row['Highest burn rate'])).toBe(burn.ceiling);
    },
  );
  it.each(rows.filter(({ row }) => !('State' in row) && !('Target' in row) && /%$/.test(row.SLI ?? '')))(
    'are shares that add up: $at',
    ({ row }) => {
      const valid = count(row.Valid?.replaceAll('*', ''));
      const bad = count(row.Bad?.replaceAll('*', ''));
      const shown = (row.SLI ?? '').replace(/[\s*%]/g, '');
      const decimals = shown.split('.')[1]?.length ?? 0;
      const units = ((valid - bad) * 100n * 10n ** BigInt(decimals)) / valid;
      expect(BigInt(shown.replace('.', ''))).toBe(units);
    },
  );
  it('are there', () => expect(rows.length).toBeGreaterThan(30));

  const windows = tableRows('At', 'Window', 'From', 'To');
  it.each(windows)('cut windows as the product does: $at', ({ row }) => {
    const at = Date.parse(`2026-11-24T${row.At}Z`);
    const span = windowSlices(parseDuration(row.Window ?? '') ?? Number.NaN, at);
    const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
    expect([clock(span.fromMs), clock(span.toMs)]).toEqual([row.From, row.To]);
  });
  it('cut windows', () => expect(windows.length).toBeGreaterThan(3));
});

describe('requests in the docs', () => {
  const resource = { service: 's', namespace: '', version: '', environment: '', attributes: [] };
  const spanWith = (name: string, attributes: readonly string[]) => ({
    resource,
    scope: '',
    traceId: new Uint8Array(16),
    spanId: new Uint8Array(8),
    parentSpanId: new Uint8Array(8),
    name,
    kind: SpanKind.server,
    startNs: 1n,
    durationNs: 1n,
    statusCode: SpanStatus.unset,
    statusMessage: '',
    attributes,
    events: '',
  });

  const endpoints = tableRows('The span says', 'Endpoint');
  it.each(endpoints)('are named as the product names them: $at', ({ row }) => {
    const said = [...(row['The span says'] ?? '').matchAll(/`([^`=]+)=([^`]*)`/g)];
    const name = said.find(([, key]) => key === 'name')?.[2] ?? '';
    const attributes = said.filter(([, key]) => key !== 'name').flatMap(([, key = '', value = '']) => [key, value]);
    expect(requestOf(spanWith(name, attributes))?.endpoint).toBe(row.Endpoint?.replaceAll('`', ''));
  });
  it('have names', () => expect(endpoints.length).toBeGreaterThan(3));

  const failures = tableRows('HTTP', 'gRPC', 'Span status', 'Failed');
  it.each(failures)('fail as the product says: $at', ({ row }) => {
    const statuses: Readonly<Record<string, number>> = SpanStatus;
    const failed = failsByDefault({
      httpStatus: Number(row.HTTP || 0),
      rpcStatus: Number(row.gRPC || -1),
      spanStatus: statuses[row['Span status'] ?? ''] ?? Number.NaN,
    });
    expect(failed ? 'yes' : 'no').toBe(row.Failed);
  });
  it('fail', () => expect(failures.length).toBeGreaterThan(5));
});

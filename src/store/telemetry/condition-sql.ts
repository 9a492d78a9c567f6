import type { Condition, TextField } from '../../core/sli/condition.ts';
import { lowerAscii } from '../../core/sli/pattern.ts';
import type { SqlParams } from './engine/sql-engine.ts';

/** Collects values that are bound to a statement, and gives each a name. */
export class BoundValues {
  readonly #values: Record<string, string | number | readonly string[] | readonly number[]> = {};
  #count = 0;

  /** Binds a value; answers the placeholder to write into the SQL. */
  bind(type: string, value: string | number | readonly string[] | readonly number[]): string {
    const name = `p${this.#count++}`;
    this.#values[name] = value;
    return `{${name}:${type}}`;
  }

  get params(): SqlParams {
    return this.#values;
  }
}

const COLUMNS: Readonly<Record<TextField, string>> = {
  endpoint: 'endpoint',
  path: 'path',
  method: 'method',
  userAgent: 'user_agent',
};

/** A pattern in which only `*` is special, as SQL: equality where it can be, else LIKE. Letter case is folded for ASCII only. */
export function matchText(column: string, pattern: string, ignoreCase: boolean, values: BoundValues): string {
  if (/^\*+$/.test(pattern)) return '1';
  const expression = ignoreCase ? `lower(${column})` : column;
  const wanted = ignoreCase ? lowerAscii(pattern) : pattern;
  if (!wanted.includes('*')) return `${expression} = ${values.bind('String', wanted)}`;
  const like = wanted.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
  return `${expression} LIKE ${values.bind('String', like)}`;
}

const joined = (parts: readonly string[], word: 'AND' | 'OR', empty: string): string =>
  parts.length === 0 ? empty : `(${parts.join(` ${word} `)})`;

/** A condition on requests as a ClickHouse expression on the table `spans`; every value is bound. */
export function conditionSql(condition: Condition, values: BoundValues): string {
  switch (condition.op) {
    case 'all':
      return joined(
        condition.of.map((part) => conditionSql(part, values)),
        'AND',
        '1',
      );
    case 'any':
      return joined(
        condition.of.map((part) => conditionSql(part, values)),
        'OR',
        '0',
      );
    case 'not':
      return `NOT ${conditionSql(condition.of, values)}`;
    case 'failed':
      return condition.is ? '(failed = 1)' : '(failed = 0)';
    case 'rpc-status':
      return `has(${values.bind('Array(Int8)', condition.codes)}, rpc_status)`;
    case 'duration':
      return durationSql(condition, values);
    case 'between':
      return joined(
        condition.ranges.map(
          ([from, to]) => `http_status BETWEEN ${values.bind('UInt16', from)} AND ${values.bind('UInt16', to)}`,
        ),
        'OR',
        '0',
      );
    case 'like':
      return likeSql(condition, values);
    case 'attribute':
      return attributeSql(condition, values);
  }
}

function durationSql(condition: Extract<Condition, { op: 'duration' }>, values: BoundValues): string {
  const parts: string[] = [];
  if (condition.under !== undefined) parts.push(`duration_ns < ${values.bind('UInt64', String(condition.under))}`);
  if (condition.atLeast !== undefined) parts.push(`duration_ns >= ${values.bind('UInt64', String(condition.atLeast))}`);
  return joined(parts, 'AND', '1');
}

function likeSql(condition: Extract<Condition, { op: 'like' }>, values: BoundValues): string {
  const column = COLUMNS[condition.field];
  const parts = condition.patterns.map((pattern) => matchText(column, pattern, condition.ignoreCase, values));
  return joined(parts, 'OR', '0');
}

function attributeSql(condition: Extract<Condition, { op: 'attribute' }>, values: BoundValues): string {
  const key = values.bind('String', condition.key);
  return condition.of === 'span'
    ? `(mapContains(attributes, ${key}) AND ${matchText(`attributes[${key}]`, condition.pattern, false, values)})`
    : `(JSONHas(resource, ${key}) AND ${matchText(`JSONExtractString(resource, ${key})`, condition.pattern, false, values)})`;
}

import type { Condition, TextField } from './condition.ts';
import { patternTest } from './pattern.ts';
import type { RequestPlan } from './request-plan.ts';

/** A text test that is answered per request by the store: one bit of a group. */
export interface TextTest {
  readonly on: 'path' | 'userAgent' | 'attribute' | 'resource';
  /** Key of the attribute; empty for path and user agent. */
  readonly key: string;
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/**
 * How requests are grouped so that every objective can be counted from the groups alone, exactly: requests that no
 * condition can tell apart fall together. One pass over the spans then serves any number of objectives.
 */
export interface Grouping {
  readonly tests: readonly TextTest[];
  /** Nanoseconds, ascending, beginning with 0: durations are rounded down to the nearest of these. */
  readonly thresholds: readonly bigint[];
}

/** Requests of one service and minute that are alike in all that conditions ask. */
export interface RequestGroup {
  readonly namespace: string;
  readonly endpoint: string;
  readonly method: string;
  readonly httpStatus: number;
  readonly rpcStatus: number;
  readonly failed: boolean;
  /** Nanoseconds, rounded down to a threshold of the grouping. */
  readonly durationNs: bigint;
  /** Bit i % 52 of number i / 52 is set when test i of the grouping matched. */
  readonly matched: readonly number[];
}

/** A bit set in a double: 52 bits are exact. */
export const TESTS_PER_NUMBER = 52;

/** Tests of one pass. A plan that has more gets a pass of its own. */
const MAX_TESTS = TESTS_PER_NUMBER;

const testId = (test: TextTest): string => `${test.on}\0${test.key}\0${test.ignoreCase ? 'i' : ''}\0${test.pattern}`;

/** Gathers what the groups must tell apart, condition by condition. */
class GroupingBuilder {
  readonly #tests = new Map<string, TextTest>();
  readonly #thresholds = new Set<bigint>([0n]);

  /** @returns false, and nothing is added, when the tests of the plan would not fit any more */
  add(plan: RequestPlan): boolean {
    const atoms = [...atomsOf(plan.valid), ...atomsOf(plan.good)];
    const tests = atoms.flatMap(testsOf).map((test) => [testId(test), test] as const);
    const fresh = new Set(tests.map(([id]) => id).filter((id) => !this.#tests.has(id)));
    if (this.#tests.size > 0 && this.#tests.size + fresh.size > MAX_TESTS) return false;
    for (const [id, test] of tests) this.#tests.set(id, test);
    for (const atom of atoms) {
      if (atom.op !== 'duration') continue;
      for (const edge of [atom.under, atom.atLeast]) if (edge !== undefined) this.#thresholds.add(edge);
    }
    return true;
  }

  build(): Grouping {
    const thresholds = [...this.#thresholds].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return { tests: [...this.#tests.values()], thresholds };
  }
}

/** The conditions at the leaves of a condition. */
function atomsOf(condition: Condition): Condition[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(atomsOf);
  return condition.op === 'not' ? atomsOf(condition.of) : [condition];
}

/** Reads off conditions which tests and thresholds the groups must tell apart. */
export function groupingOf(plans: readonly RequestPlan[]): Grouping {
  const builder = new GroupingBuilder();
  for (const plan of plans) builder.add(plan);
  return builder.build();
}

const isTested = (field: TextField): field is 'path' | 'userAgent' => field === 'path' || field === 'userAgent';

function testsOf(condition: Condition): TextTest[] {
  if (condition.op === 'attribute') {
    const on = condition.of === 'span' ? 'attribute' : 'resource';
    return [{ on, key: condition.key, pattern: condition.pattern, ignoreCase: false }];
  }
  if (condition.op !== 'like' || !isTested(condition.field)) return [];
  const { field, ignoreCase } = condition;
  return condition.patterns.map((pattern) => ({ on: field, key: '', pattern, ignoreCase }));
}

/**
 * Splits plans into as few passes as their tests allow, in order.
 * @returns the plans of each pass, with their grouping
 */
export function passesOf<T extends { readonly plan: RequestPlan }>(
  items: readonly T[],
): { readonly items: readonly T[]; readonly grouping: Grouping }[] {
  const passes: { items: T[]; builder: GroupingBuilder }[] = [];
  for (const item of items) {
    const last = passes.at(-1);
    if (last?.builder.add(item.plan)) {
      last.items.push(item);
      continue;
    }
    const builder = new GroupingBuilder();
    builder.add(item.plan);
    passes.push({ items: [item], builder });
  }
  return passes.map((pass) => ({ items: pass.items, grouping: pass.builder.build() }));
}

export type GroupTest = (group: RequestGroup) => boolean;

/** Compiles a condition into a test of groups that were made by the given grouping. */
export function compileForGroups(condition: Condition, grouping: Grouping): GroupTest {
  switch (condition.op) {
    case 'all': {
      const parts = condition.of.map((part) => compileForGroups(part, grouping));
      return (group) => parts.every((part) => part(group));
    }
    case 'any': {
      const parts = condition.of.map((part) => compileForGroups(part, grouping));
      return (group) => parts.some((part) => part(group));
    }
    case 'not': {
      const part = compileForGroups(condition.of, grouping);
      return (group) => !part(group);
    }
    case 'failed':
      return (group) => group.failed === condition.is;
    case 'rpc-status':
      return (group) => condition.codes.includes(group.rpcStatus);
    case 'between':
      return (group) => condition.ranges.some(([from, to]) => group.httpStatus >= from && group.httpStatus <= to);
    case 'duration':
      return durationTest(condition);
    case 'like':
      return likeTest(condition, grouping);
    case 'attribute':
      return bitTest(testsOf(condition), grouping);
  }
}

function durationTest({ under, atLeast }: Extract<Condition, { op: 'duration' }>): GroupTest {
  return ({ durationNs }) =>
    (under === undefined || durationNs < under) && (atLeast === undefined || durationNs >= atLeast);
}

function likeTest(condition: Extract<Condition, { op: 'like' }>, grouping: Grouping): GroupTest {
  if (isTested(condition.field)) return bitTest(testsOf(condition), grouping);
  const field = condition.field;
  const patterns = condition.patterns.map((pattern) => patternTest(pattern, condition.ignoreCase));
  return (group) => patterns.some((matches) => matches(group[field]));
}

function bitTest(tests: readonly TextTest[], grouping: Grouping): GroupTest {
  const ids = grouping.tests.map(testId);
  const places = tests.map((test) => {
    const index = ids.indexOf(testId(test));
    return { word: Math.floor(index / TESTS_PER_NUMBER), bit: 2 ** (index % TESTS_PER_NUMBER) };
  });
  return ({ matched }) => places.some(({ word, bit }) => Math.floor((matched[word] ?? 0) / bit) % 2 === 1);
}

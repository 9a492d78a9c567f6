import type { RequestMatcher } from '../../contract/definitions/objective.ts';
import { parseDuration } from '../../lib/duration.ts';
import { allOf, anyOf } from './combine.ts';
import type { Condition, TextField } from './condition.ts';

/** Text fields of a request whose letter case means nothing (RFC 9110 has methods in upper case by custom only). */
const IGNORE_CASE: Readonly<Record<TextField, boolean>> = {
  endpoint: false,
  path: false,
  method: true,
  userAgent: true,
};

/** A text field equals one of the patterns. */
export function likeCondition(field: TextField, patterns: string | readonly string[]): Condition {
  return { op: 'like', field, patterns: [patterns].flat(), ignoreCase: IGNORE_CASE[field] };
}

/**
 * Reads a duration of a definition.
 * @returns nanoseconds
 * @throws RangeError when the text is no duration: a definition that was checked has none such
 */
export function nanoseconds(text: string): bigint {
  const ms = parseDuration(text);
  if (ms === undefined) throw new RangeError(`"${text}" is no duration`);
  return BigInt(Math.round(ms * 1e6));
}

/** `404` is one status, `4xx` all from 400 to 499. */
function statusRange(text: string): readonly [number, number] {
  return [Number(text.replaceAll('x', '0')), Number(text.replaceAll('x', '9'))];
}

function attributeConditions(of: 'span' | 'resource', attributes: Readonly<Record<string, string>> = {}): Condition[] {
  return Object.entries(attributes).map(([key, pattern]) => ({ op: 'attribute', of, key, pattern }));
}

/** Fields of a matcher are ANDed, values of a field ORed. */
export function matcherCondition(matcher: RequestMatcher): Condition {
  const parts: Condition[] = [];
  for (const field of ['endpoint', 'path', 'method', 'userAgent'] as const) {
    const patterns = matcher[field];
    if (patterns !== undefined) parts.push(likeCondition(field, patterns));
  }
  if (matcher.status !== undefined) {
    parts.push({ op: 'between', field: 'httpStatus', ranges: [matcher.status].flat().map(statusRange) });
  }
  if (matcher.rpcStatus !== undefined) parts.push({ op: 'rpc-status', codes: [matcher.rpcStatus].flat() });
  if (matcher.failed !== undefined) parts.push({ op: 'failed', is: matcher.failed });
  if (matcher.durationUnder !== undefined) parts.push({ op: 'duration', under: nanoseconds(matcher.durationUnder) });
  if (matcher.durationAtLeast !== undefined) {
    parts.push({ op: 'duration', atLeast: nanoseconds(matcher.durationAtLeast) });
  }
  parts.push(...attributeConditions('span', matcher.attributes));
  parts.push(...attributeConditions('resource', matcher.resource));
  return allOf(parts);
}

/** Matchers of a list are ORed. */
export const anyMatcher = (matchers: readonly RequestMatcher[]): Condition => anyOf(matchers.map(matcherCondition));

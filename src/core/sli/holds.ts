import type { Request } from '../telemetry/request.ts';
import type { Condition } from './condition.ts';
import { patternTest } from './pattern.ts';

/** A request with all that conditions can ask of it. */
export interface RequestSubject {
  readonly request: Request;
  readonly durationNs: bigint;
  /** Text of an attribute of the span or its resource; undefined when it has none by this key. */
  attribute(of: 'span' | 'resource', key: string): string | undefined;
}

/** Whether a condition is true of a request: the meaning that the store's SQL must have too. */
export function holds(condition: Condition, subject: RequestSubject): boolean {
  switch (condition.op) {
    case 'all':
      return condition.of.every((part) => holds(part, subject));
    case 'any':
      return condition.of.some((part) => holds(part, subject));
    case 'not':
      return !holds(condition.of, subject);
    case 'failed':
      return subject.request.failed === condition.is;
    case 'rpc-status':
      return condition.codes.includes(subject.request.rpcStatus);
    case 'between': {
      const value = subject.request[condition.field];
      return condition.ranges.some(([from, to]) => value >= from && value <= to);
    }
    case 'duration':
      return isWithin(subject.durationNs, condition);
    case 'like': {
      const text = subject.request[condition.field];
      return condition.patterns.some((pattern) => patternTest(pattern, condition.ignoreCase)(text));
    }
    case 'attribute': {
      const text = subject.attribute(condition.of, condition.key);
      return text !== undefined && patternTest(condition.pattern, false)(text);
    }
  }
}

function isWithin(durationNs: bigint, { under, atLeast }: Extract<Condition, { op: 'duration' }>): boolean {
  return (under === undefined || durationNs < under) && (atLeast === undefined || durationNs >= atLeast);
}

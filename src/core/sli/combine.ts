import { ALWAYS, type Condition } from './condition.ts';

/** All of the conditions; one alone stands for itself, none is {@link ALWAYS}. */
export function allOf(conditions: readonly Condition[]): Condition {
  const [first, ...more] = conditions;
  if (first === undefined) return ALWAYS;
  return more.length === 0 ? first : { op: 'all', of: conditions };
}

/** Any of the conditions; one alone stands for itself. */
export function anyOf(conditions: readonly Condition[]): Condition {
  const [first, ...more] = conditions;
  return first !== undefined && more.length === 0 ? first : { op: 'any', of: conditions };
}

export const not = (condition: Condition): Condition => ({ op: 'not', of: condition });

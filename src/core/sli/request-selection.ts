import type { IndicatorDefinition } from '../../contract/definitions/objective.ts';
import { not } from './combine.ts';
import type { Condition } from './condition.ts';
import { anyMatcher, likeCondition } from './request-matcher.ts';

/** What every indicator on requests says about which requests count. */
export type RequestSelection = Pick<IndicatorDefinition, 'service' | 'namespace' | 'endpoint' | 'include' | 'exclude'>;

/** Conditions, all of which must hold for a request to count: endpoint AND any(include) AND NOT any(exclude). */
export function selectionConditions({ endpoint, include, exclude }: RequestSelection): Condition[] {
  const parts: Condition[] = [];
  if (endpoint !== undefined) parts.push(likeCondition('endpoint', endpoint));
  if (include !== undefined) parts.push(anyMatcher(include));
  if (exclude !== undefined) parts.push(not(anyMatcher(exclude)));
  return parts;
}

import { allOf, not } from '../combine.ts';
import type { Condition } from '../condition.ts';
import type { IndicatorKind, IndicatorOf } from '../indicator-kind.ts';
import { anyMatcher } from '../request-matcher.ts';
import { selectionConditions } from '../request-selection.ts';
import { leftOutInWords, matchersInWords, requestsInWords } from '../request-words.ts';

type Availability = IndicatorOf<'request-availability'>;

function goodCondition({ good, failure }: Availability): Condition {
  if (good !== undefined) return anyMatcher(good);
  return failure === undefined ? { op: 'failed', is: false } : not(anyMatcher(failure));
}

function goodInWords({ good, failure }: Availability): string {
  if (good !== undefined) return `that have ${matchersInWords(good)}`;
  return failure === undefined ? 'that do not fail' : `without ${matchersInWords(failure)}`;
}

/** Share of valid requests that were answered well. */
export const requestAvailability: IndicatorKind<'request-availability'> = {
  kind: 'request-availability',
  plan: (indicator) => ({
    service: indicator.service,
    namespace: indicator.namespace,
    valid: allOf(selectionConditions(indicator)),
    good: goodCondition(indicator),
  }),
  sentence: (indicator) =>
    `Share of ${requestsInWords(indicator)} ${goodInWords(indicator)}${leftOutInWords(indicator)}`,
};

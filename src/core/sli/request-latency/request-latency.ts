import { allOf } from '../combine.ts';
import type { Condition } from '../condition.ts';
import type { IndicatorKind } from '../indicator-kind.ts';
import { nanoseconds } from '../request-matcher.ts';
import { selectionConditions } from '../request-selection.ts';
import { leftOutInWords, requestsInWords } from '../request-words.ts';

const answered: Condition = { op: 'failed', is: false };

const failedInWords = {
  exclude: 'failed ones not counted',
  count: 'failed ones counted like others',
  bad: 'failed ones counted as too slow',
} as const;

/** Share of valid requests that were answered faster than a threshold. */
export const requestLatency: IndicatorKind<'request-latency'> = {
  kind: 'request-latency',
  plan: (indicator) => {
    const fast: Condition = { op: 'duration', under: nanoseconds(indicator.threshold) };
    const selection = selectionConditions(indicator);
    return {
      service: indicator.service,
      namespace: indicator.namespace,
      valid: allOf(indicator.failedRequests === 'exclude' ? [...selection, answered] : selection),
      good: allOf(indicator.failedRequests === 'bad' ? [fast, answered] : [fast]),
    };
  },
  sentence: (indicator) =>
    `Share of ${requestsInWords(indicator)} answered in less than ${indicator.threshold}, ` +
    `${failedInWords[indicator.failedRequests]}${leftOutInWords(indicator)}`,
};

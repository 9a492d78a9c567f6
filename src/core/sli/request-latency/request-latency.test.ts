import { expect, it } from 'vitest';
import { indicatorSchema } from '../../../contract/definitions/objective.ts';
import { indicatorText } from '../indicator-text.ts';

const say = (document: object): string =>
  indicatorText(
    indicatorSchema.parse({ kind: 'request-latency', service: 'authentication', threshold: '300ms', ...document }),
  );

it.each([
  [{}, 'Share of requests of authentication answered in less than 300ms, failed ones not counted'],
  [
    { endpoint: 'POST /login', failedRequests: 'bad', exclude: [{ userAgent: 'kube-probe/*' }] },
    'Share of requests of authentication POST /login answered in less than 300ms, failed ones counted as too slow, leaving out user agent kube-probe/*',
  ],
  [
    { failedRequests: 'count' },
    'Share of requests of authentication answered in less than 300ms, failed ones counted like others',
  ],
])('%j reads as a sentence', (document, sentence) => {
  expect(say(document)).toBe(sentence);
});

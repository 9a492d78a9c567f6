import { expect, it } from 'vitest';
import { indicatorSchema } from '../../../contract/definitions/objective.ts';
import { indicatorText } from '../indicator-text.ts';

const say = (document: object): string =>
  indicatorText(indicatorSchema.parse({ kind: 'request-availability', service: 'authentication', ...document }));

it.each([
  [{}, 'Share of requests of authentication that do not fail'],
  [{ namespace: 'bank', endpoint: '*' }, 'Share of requests of authentication (bank) that do not fail'],
  [
    { endpoint: 'POST /login', exclude: [{ userAgent: ['kube-probe/*', 'bank-uptime/*'] }] },
    'Share of requests of authentication POST /login that do not fail, leaving out user agent kube-probe/* or bank-uptime/*',
  ],
  [
    { endpoint: ['GET /a', 'GET /b', 'GET /c', 'GET /d'], good: [{ status: ['2xx', 401] }] },
    'Share of requests of authentication GET /a, GET /b or 2 more that have status 2xx or 401',
  ],
  [
    { failure: [{ status: '5xx' }, { durationAtLeast: '10s' }] },
    'Share of requests of authentication without status 5xx or a duration of at least 10s',
  ],
  [
    { include: [{ path: '/api/*', method: 'GET' }], exclude: [{ attributes: { tenant: 'test' }, rpcStatus: 5 }] },
    'Share of requests of authentication with path /api/* and method GET that do not fail, leaving out gRPC status 5 and tenant = test',
  ],
])('%j reads as a sentence', (document, sentence) => {
  expect(say(document)).toBe(sentence);
});

import { randomBytes } from 'node:crypto';

export interface GivenRequest {
  readonly atMs: number;
  readonly durationMs?: number;
  readonly status?: number;
  readonly route?: string;
  readonly userAgent?: string;
}

/** An OTLP/JSON export of server spans of one service, as an instrumented HTTP server sends them. */
export function otlpRequests(service: string, requests: readonly GivenRequest[]): string {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', service)] },
        scopeSpans: [
          {
            scope: { name: 'test' },
            spans: requests.map(
              ({ atMs, durationMs = 20, status = 200, route = '/login', userAgent = 'bank-app/3.1' }) => ({
                traceId: randomBytes(16).toString('hex'),
                spanId: randomBytes(8).toString('hex'),
                name: `POST ${route}`,
                kind: 2,
                startTimeUnixNano: String(BigInt(atMs) * 1_000_000n),
                endTimeUnixNano: String(BigInt(atMs) * 1_000_000n + BigInt(Math.round(durationMs * 1e6))),
                attributes: [
                  text('http.request.method', 'POST'),
                  text('http.route', route),
                  text('url.path', route),
                  text('user_agent.original', userAgent),
                  { key: 'http.response.status_code', value: { intValue: String(status) } },
                ],
              }),
            ),
          },
        ],
      },
    ],
  });
}

/** Sends an export and answers the response. */
export const sendOtlp = (url: string, token: string, body: string): Promise<Response> =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });

import { randomBytes } from 'node:crypto';

const MINUTE = 60_000;
const NANOS = 1_000_000n;

/** Requests of one endpoint, spread evenly over the minutes before now. */
export interface RequestTraffic {
  readonly service: string;
  readonly method: string;
  readonly route: string;
  readonly minutes: number;
  readonly perMinute: number;
  /** How many of each minute's requests fail. */
  readonly failures: number;
  readonly durationMs: number;
}

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

function spansOf(traffic: RequestTraffic, now: number) {
  const { method, route, minutes, perMinute, failures, durationMs } = traffic;
  return Array.from({ length: minutes * perMinute }, (_, index) => {
    const start = BigInt(now - (Math.floor(index / perMinute) + 1) * MINUTE + (index % perMinute)) * NANOS;
    return {
      traceId: randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      name: `${method} ${route}`,
      kind: 2,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + BigInt(durationMs) * NANOS),
      attributes: [
        text('http.request.method', method),
        text('http.route', route),
        { key: 'http.response.status_code', value: { intValue: index % perMinute < failures ? 503 : 200 } },
      ],
    };
  });
}

/** Sends requests as any OpenTelemetry exporter does: OTLP over HTTP. */
export async function sendRequests(url: string, token: string, traffic: readonly RequestTraffic[]): Promise<void> {
  const now = Date.now();
  const body = {
    resourceSpans: traffic.map((one) => ({
      resource: { attributes: [text('service.name', one.service)] },
      scopeSpans: [{ scope: { name: 'test' }, spans: spansOf(one, now) }],
    })),
  };
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`telemetry was refused: ${response.status} ${await response.text()}`);
}

import type { Span } from '../../src/core/telemetry/span.ts';
import { makeResource, makeStoredSpan } from './spans.ts';

export interface GivenRequestSpan {
  readonly service?: string;
  readonly namespace?: string;
  /** Milliseconds. */
  readonly atMs: number;
  readonly durationMs?: number;
  /** HTTP status; undefined: the span tells none. */
  readonly status?: number;
  readonly route?: string;
  readonly path?: string;
  readonly method?: string;
  readonly userAgent?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Kind of the span: 2 is a server, 3 a client. */
  readonly kind?: number;
}

/** A span as an instrumented HTTP server sends it: what it says of the request stands in its attributes. */
export function makeRequestSpan(given: GivenRequestSpan): Span {
  const { service = 'authentication', namespace = '', atMs, durationMs = 20, kind = 2, attributes = {} } = given;
  const { status = 200, route = '/login', method = 'POST', userAgent = 'bank-app/3.1' } = given;
  const said = {
    'http.request.method': method,
    'http.route': route,
    'url.path': given.path ?? route,
    'user_agent.original': userAgent,
    'http.response.status_code': String(status),
    ...attributes,
  };
  const resource = makeResource({ service, namespace, attributes: ['service.name', service] });
  return makeStoredSpan({ resource, atMs, durationMs, kind, attributes: Object.entries(said).flat() }).span;
}

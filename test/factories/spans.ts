import { createHash } from 'node:crypto';
import type { Request } from '../../src/core/telemetry/request.ts';
import type { Span, SpanResource } from '../../src/core/telemetry/span.ts';
import type { StoredSpan } from '../../src/core/telemetry/stored-span.ts';

let counter = 0;

/** Ids that are different each time and the same in every run. */
const id = (bytes: number): Uint8Array => createHash('sha256').update(String(counter++)).digest().subarray(0, bytes);

export const makeResource = (given: Partial<SpanResource> = {}): SpanResource => ({
  service: 'authentication',
  namespace: '',
  version: '1.0.0',
  environment: 'test',
  attributes: ['service.name', given.service ?? 'authentication'],
  ...given,
});

export interface GivenSpan extends Partial<Span> {
  /** Milliseconds. */
  readonly atMs?: number;
  readonly durationMs?: number;
  readonly request?: Partial<Request> | undefined;
}

/** A request to `POST /login` that went well in 20 ms, unless told otherwise. */
export function makeStoredSpan({ atMs = 0, durationMs = 20, request = {}, ...span }: GivenSpan = {}): StoredSpan {
  return {
    span: {
      resource: makeResource(),
      scope: 'test',
      traceId: id(16),
      spanId: id(8),
      parentSpanId: new Uint8Array(8),
      name: 'POST /login',
      kind: 2,
      startNs: BigInt(atMs) * 1_000_000n,
      durationNs: BigInt(Math.round(durationMs * 1_000_000)),
      statusCode: 0,
      statusMessage: '',
      attributes: [],
      events: '',
      ...span,
    },
    request: {
      endpoint: 'POST /login',
      method: 'POST',
      path: '/login',
      userAgent: 'bank-app/3.1',
      httpStatus: 200,
      rpcStatus: -1,
      failed: false,
      ...request,
    },
  };
}

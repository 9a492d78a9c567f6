import type { ServiceName } from '../bank/services.ts';

/** A request as the instrumentation of a service would have reported it. */
export interface ServerSpan {
  readonly service: ServiceName;
  readonly version: string;
  readonly method: 'GET' | 'POST';
  /** Such as `/payments/:id`; empty when no route matched. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly userAgent: string;
  readonly clientAddress: string;
  readonly peerPort: number;
  /** Microseconds since the Unix epoch. */
  readonly startUs: number;
  readonly durationUs: number;
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  /** Undefined for the first span of a trace. */
  readonly parentSpanId: Uint8Array | undefined;
}

import type { EndpointCap } from '../../core/telemetry/endpoint-cap.ts';
import { requestOf } from '../../core/telemetry/request-of.ts';
import type { Span, SpanResource } from '../../core/telemetry/span.ts';
import type { StoredSpan } from '../../core/telemetry/stored-span.ts';
import type { VerdantContext } from '../verdant-context.ts';

/** Clocks of senders may be ahead of ours by this much. */
const AHEAD_MS = 120_000;

/** Times of spans that are accepted, in nanoseconds: within retention, and not from the future. */
export function acceptedTimes(ctx: VerdantContext): { oldestNs: bigint; newestNs: bigint } {
  const now = ctx.clock.now();
  return {
    oldestNs: BigInt(now - ctx.config.spanRetention) * 1_000_000n,
    newestNs: BigInt(now + AHEAD_MS) * 1_000_000n,
  };
}

/**
 * Reads requests out of spans and writes both; resolves when they are durable.
 * @param bytes size of the payload they came in
 * @throws VerdantError `overloaded`, `store-full`, `store-unavailable`, `shutting-down`
 */
export function acceptSpans(ctx: VerdantContext, spans: readonly Span[], bytes: number): Promise<void> {
  const resources = new Map<SpanResource, SpanResource>();
  const stored = spans.map((span): StoredSpan => {
    let resource = resources.get(span.resource);
    if (resource === undefined) {
      resource = cappedResource(span.resource, ctx.endpoints);
      resources.set(span.resource, resource);
    }
    const named = resource === span.resource ? span : { ...span, resource };
    const request = requestOf(named);
    if (request === undefined) return { span: named, request };
    const endpoint = ctx.endpoints.endpoint(resource.service, request.endpoint);
    return { span: named, request: endpoint === request.endpoint ? request : { ...request, endpoint } };
  });
  return ctx.telemetry.spans.write(stored, bytes);
}

/** A sender that makes up services or namespaces must not fill the lists of everybody else. */
function cappedResource(resource: SpanResource, endpoints: EndpointCap): SpanResource {
  const service = endpoints.service(resource.service);
  const namespace = endpoints.namespace(service, resource.namespace);
  const isKept = service === resource.service && namespace === resource.namespace;
  return isKept ? resource : { ...resource, service, namespace };
}

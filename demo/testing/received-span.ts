import { z } from 'zod';
import { exportRequestType } from './otlp-schema.ts';

const anyValueSchema = z
  .object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: z.string().optional(),
    doubleValue: z.number().optional(),
  })
  .transform((value) => String(value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue ?? ''));

const attributesSchema = z
  .array(z.object({ key: z.string(), value: anyValueSchema }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));

const requestSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(
        z.object({
          scope: z.object({ name: z.string(), version: z.string() }),
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().default(''),
              name: z.string(),
              kind: z.int(),
              startTimeUnixNano: z.string(),
              endTimeUnixNano: z.string(),
              attributes: attributesSchema,
              status: z.object({ code: z.int().default(0) }).default({ code: 0 }),
              flags: z.int(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as a receiver sees it: ids in base64, times as text, every attribute as text. */
export interface ReceivedSpan {
  readonly resource: Readonly<Record<string, string>>;
  readonly scope: { readonly name: string; readonly version: string };
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: { readonly code: number };
  readonly flags: number;
}

/** Decodes the body of an OTLP export request; throws when it is none. */
export function decodeExport(body: Uint8Array): ReceivedSpan[] {
  const plain = exportRequestType.toObject(exportRequestType.decode(body), { longs: String, bytes: String });
  return requestSchema
    .parse(plain)
    .resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ scope, spans }) =>
        spans.map((span) => ({ ...span, scope, resource: resource.attributes })),
      ),
    );
}

import { z } from 'zod';
import { parseDuration } from '../../lib/duration.ts';
import { isPlainText } from '../../lib/plain-text.ts';
import { parseShare } from '../../lib/share.ts';
import { fitsOneStatement, INDICATOR_SIZE } from './indicator-size.ts';

/** A name that is safe in URLs, files and metric labels (RFC 1123 label). */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a name of lower-case letters, digits and dashes, at most 63 long')
  .meta({ description: 'Unique name: lower-case letters, digits and dashes, at most 63.' });

/** Text that is shown on pages and terminals: nothing in it may steer them. */
const plain = (least: number, most: number) =>
  z.string().min(least).max(most).refine(isPlainText, 'text without control characters');

const durationText = (description: string) =>
  z
    .string()
    .refine((text) => parseDuration(text) !== undefined, 'a duration such as 300ms, 90s, 1h or 7d')
    .meta({ description });

/** A share as text (`99.9%`) or as a decimal fraction (`0.999`); read exactly, never through a double. */
const shareText = (description: string) =>
  z
    .union([z.string(), z.number().transform(String)])
    .pipe(
      z
        .string()
        .refine(
          (text) => parseShare(text) !== undefined,
          'a share such as 99.9% or 0.999, at most six decimals of a per cent',
        ),
    )
    .meta({ description });

const MINUTE = 60_000;
const MAX_WINDOW = 400 * 24 * 60 * MINUTE;

const windowText = z
  .string()
  .refine((text) => {
    const ms = parseDuration(text);
    return ms !== undefined && ms % MINUTE === 0 && ms >= 5 * MINUTE && ms <= MAX_WINDOW;
  }, 'a rolling window of whole minutes from 5m to 400d, such as 1h, 24h, 7d or 30d')
  .meta({ description: 'A rolling window of whole minutes, from 5m to 400d.' });

const stringOrList = (description: string) =>
  z.union([plain(1, 500), z.array(plain(1, 500)).min(1).max(100)]).meta({ description });

const statusClass = z
  .union([
    z.string().regex(/^([1-5]xx|[1-5]\d\d)$/, 'an HTTP status such as 404, or a class such as 5xx'),
    z.number().int().min(100).max(599).transform(String),
  ])
  .meta({ description: 'An HTTP status (404) or a class of them (5xx).' });

/** One test of a request: all its fields must hold. A list of tests holds when one of them does. */
export const requestMatcherSchema = z
  .strictObject({
    endpoint: stringOrList('Endpoint as Verdant names it, such as "POST /login"; * stands for any text.').optional(),
    path: stringOrList('Path of the URL; * stands for any text.').optional(),
    method: stringOrList('HTTP method.').optional(),
    userAgent: stringOrList('User agent; * stands for any text, letter case does not matter.').optional(),
    status: z
      .union([statusClass, z.array(statusClass).min(1).max(50)])
      .meta({ description: 'HTTP status or class.' })
      .optional(),
    rpcStatus: z
      .union([z.number().int().min(0).max(16), z.array(z.number().int().min(0).max(16)).min(1).max(17)])
      .meta({ description: 'gRPC status code, 0 to 16.' })
      .optional(),
    failed: z
      .boolean()
      .meta({ description: 'Whether the request failed by the default meaning of failure.' })
      .optional(),
    durationUnder: durationText('Faster than this.').optional(),
    durationAtLeast: durationText('This slow or slower.').optional(),
    attributes: z
      .record(plain(1, 200), plain(0, 500))
      .refine((map) => Object.keys(map).length <= 20, 'at most 20 attributes')
      .meta({
        description: 'Span attributes by key; the value may hold * for any text. A missing attribute never matches.',
      })
      .optional(),
    resource: z
      .record(plain(1, 200), plain(0, 500))
      .refine((map) => Object.keys(map).length <= 20, 'at most 20 attributes')
      .meta({ description: 'Resource attributes by key, as for attributes.' })
      .optional(),
  })
  .refine((matcher) => Object.keys(matcher).length > 0, 'at least one test');

export type RequestMatcher = z.output<typeof requestMatcherSchema>;

const matcherList = (description: string) => z.array(requestMatcherSchema).min(1).max(50).meta({ description });

const requestSelection = {
  service: plain(1, 200).meta({ description: 'service.name of the service that answers the requests.' }),
  namespace: plain(1, 200).meta({ description: 'service.namespace, when names repeat.' }).optional(),
  endpoint: stringOrList(
    'Endpoints that count, such as "POST /login"; * stands for any text. Default: all.',
  ).optional(),
  include: matcherList('Requests count only when one of these tests holds.').optional(),
  exclude: matcherList(
    'Requests for which one of these tests holds do not count: heartbeats, bogus requests.',
  ).optional(),
};

/** Share of valid requests that were answered well. */
export const requestAvailabilitySchema = z
  .strictObject({
    kind: z.literal('request-availability'),
    ...requestSelection,
    good: matcherList('What a good request is, in place of the default (no failure).').optional(),
    failure: matcherList(
      'What a failed request is, in place of the default (5xx, gRPC 2 4 12 13 14 15, span error).',
    ).optional(),
  })
  .refine((indicator) => !(indicator.good && indicator.failure), 'either good or failure, not both')
  .refine(fitsOneStatement, INDICATOR_SIZE);

/** Share of valid requests that were answered faster than a threshold. */
export const requestLatencySchema = z
  .strictObject({
    kind: z.literal('request-latency'),
    ...requestSelection,
    threshold: durationText('A request that takes less than this is good.'),
    failedRequests: z
      .enum(['exclude', 'count', 'bad'])
      .default('exclude')
      .meta({ description: 'Failed requests: left out (default), judged by their duration, or always bad.' }),
  })
  .refine(fitsOneStatement, INDICATOR_SIZE);

export const indicatorSchema = z.discriminatedUnion('kind', [requestAvailabilitySchema, requestLatencySchema]);

export type IndicatorDefinition = z.output<typeof indicatorSchema>;

export const audiences = ['business', 'devops', 'sre'] as const;
export type Audience = (typeof audiences)[number];

/** `verdant/v1` kind `Objective`, as it stands in a file. */
export const objectiveSchema = z.strictObject({
  apiVersion: z.literal('verdant/v1'),
  kind: z.literal('Objective'),
  metadata: z.strictObject({
    name: nameSchema,
    displayName: plain(1, 120).meta({ description: 'Name for people.' }).optional(),
    tags: z
      .record(plain(1, 63), plain(0, 200))
      .refine((tags) => Object.keys(tags).length <= 50, 'at most 50 tags')
      .meta({ description: 'Key and value pairs to find and group objectives by.' })
      .default({}),
  }),
  spec: z.strictObject({
    description: plain(0, 2000)
      .meta({ description: 'Why this objective exists, for whoever is called at night.' })
      .default(''),
    owner: plain(1, 120).meta({ description: 'Team or person that answers for it.' }),
    audience: z.enum(audiences).meta({ description: 'Who looks at it first: business, devops or sre.' }),
    indicator: indicatorSchema,
    target: shareText('Share of good requests to reach, such as 99.9%.'),
    warning: shareText('Share below which the objective warns; higher than the target.').optional(),
    windows: z
      .array(windowText)
      .min(1)
      .max(12)
      .meta({ description: 'Rolling windows it is seen in.' })
      .default(['1h', '24h', '7d', '30d']),
    primaryWindow: windowText
      .meta({ description: 'The window that decides its state. Default: the longest.' })
      .optional(),
    minimumCoverage: shareText('Share of minutes with telemetry below which the answer is "no data".').default('0%'),
  }),
});

export type ObjectiveDefinition = z.output<typeof objectiveSchema>;

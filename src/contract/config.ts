import { z } from 'zod';
import { parseBytes } from '../lib/bytes.ts';
import { parseDuration } from '../lib/duration.ts';

const DAY_MS = 86_400_000;

const port = (fallback: number, description: string) =>
  z.coerce.number().int().min(0).max(65_535).default(fallback).meta({ description });

const bytes = (fallback: string, description: string) =>
  z
    .union([z.string(), z.number().transform(String)])
    .default(fallback)
    .transform((text, context) => {
      const size = parseBytes(text);
      if (size === undefined) context.addIssue({ code: 'custom', message: 'a size such as 64MiB' });
      return size ?? z.NEVER;
    })
    .meta({ description, fallback: String(fallback) });

const duration = (fallback: string, description: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms === undefined) context.addIssue({ code: 'custom', message: 'a duration such as 500ms, 10s or 30d' });
      return ms ?? z.NEVER;
    })
    .meta({ description, fallback: String(fallback) });

const flag = (fallback: boolean, description: string) =>
  z
    .union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')])
    .default(fallback)
    .meta({ description, fallback: String(fallback) });

const configFields = z.strictObject({
  port: port(7070, 'Port of the pages, the API and ingest.'),
  host: z
    .string()
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on. Only this machine unless told otherwise.' }),
  otlpHttpPort: port(4318, 'Second port for OTLP over HTTP, where OpenTelemetry exporters look by default.'),
  data: z.string().default('./data').meta({ description: 'Data directory of the embedded engines.' }),
  open: flag(true, 'Open the browser after the first start.'),
  publicUrl: z
    .url()
    .optional()
    .meta({ description: 'Address under which people reach Verdant, for links. Default: http://host:port.' }),
  clickhouseUrl: z.url().optional().meta({
    description: 'ClickHouse for telemetry, in place of the embedded engine: http://user:password@host:8123/database.',
  }),
  clickhouseCluster: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,64}$/)
    .optional()
    .meta({ description: 'Name of the ClickHouse cluster: tables become replicated and distributed.' }),
  postgresUrl: z.url().optional().meta({ description: 'PostgreSQL for the catalog, in place of the embedded engine.' }),
  durability: z.enum(['process', 'disk']).default('process').meta({
    description: 'What an acknowledged write survives: "process" kill -9, "disk" also power loss (fsync, dearer).',
  }),
  maxBodyBytes: bytes('16MiB', 'Largest body of a request as it comes over the wire.'),
  maxDecompressedBytes: bytes(
    '64MiB',
    'Largest body after decompression; 64MiB is what the OTLP specification recommends.',
  ),
  maxPendingBytes: bytes('128MiB', 'Telemetry that may wait in memory to be written; above it senders get 429.'),
  flushRows: z.coerce
    .number()
    .int()
    .min(100)
    .max(200_000)
    .default(20_000)
    .meta({ description: 'Spans gathered into one write at most.' }),
  flushInterval: duration('250ms', 'How long a span waits for company before it is written and acknowledged.'),
  maxEndpointsPerService: z.coerce
    .number()
    .int()
    .min(10)
    .max(10_000)
    .default(500)
    .meta({ description: 'Distinct endpoints per service; what comes above is gathered as "(other)".' }),
  corsOrigins: z
    .string()
    .default('*')
    .meta({ description: 'Origins from which browsers may send telemetry, comma-separated, or *.' }),
  engineMemoryBytes: bytes('2GiB', 'Memory of the embedded engine for all queries together.'),
  queryMemoryBytes: bytes('1GiB', 'Memory of one query; above it the query gets an error.'),
  queryTimeout: duration('30s', 'Time of one query; above it the query gets an error.'),
  engineSessions: z.coerce
    .number()
    .int()
    .min(2)
    .max(16)
    .default(6)
    .meta({ description: 'Queries that the embedded engine runs at once.' }),
  spanRetention: duration('35d', 'How long spans are kept. Older ones are refused on arrival.'),
  ledgerRetention: duration('400d', 'How long the minutes, hours and days of objectives are kept.'),
  evaluationInterval: duration('2s', 'How often new telemetry is counted into the objectives.'),
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('warn')
    .meta({ description: 'What is logged, as JSON lines on stderr.' }),
});

/**
 * Every setting of a server, once: from here come the flags (`--otlp-http-port`), the environment variables
 * (`VERDANT_OTLP_HTTP_PORT`), the keys of the configuration file (`otlpHttpPort`) and the reference page.
 */
export const configSchema = configFields.refine((config) => config.ledgerRetention >= config.spanRetention + DAY_MS, {
  path: ['ledgerRetention'],
  // Late spans count their hour and day anew from minutes, all of which must be there.
  message: 'at least a day longer than spanRetention',
});

export type Config = z.output<typeof configSchema>;
export type ConfigKey = keyof typeof configSchema.shape;

/** How one setting is named in each place, and what it means. */
export interface Setting {
  readonly key: ConfigKey;
  readonly flag: string;
  readonly env: string;
  readonly description: string;
  /** As one would write it; undefined: no default. */
  readonly fallback: string | undefined;
  readonly boolean: boolean;
}

const isConfigKey = (key: string): key is ConfigKey => key in configSchema.shape;

const splitWords = (key: string, separator: string): string =>
  key.replace(/[A-Z]/g, (letter) => separator + letter.toLowerCase());

const describedFallback = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export const settings: readonly Setting[] = Object.keys(configSchema.shape)
  .filter(isConfigKey)
  .map((key) => {
    const field: z.ZodType = configSchema.shape[key];
    const fallback = field.safeParse(undefined);
    const written = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }).default;
    return {
      key,
      flag: `--${splitWords(key, '-')}`,
      env: `VERDANT_${splitWords(key, '_').toUpperCase()}`,
      description: field.meta()?.description ?? '',
      fallback: describedFallback(field.meta()?.fallback) ?? describedFallback(written),
      boolean: fallback.success && typeof fallback.data === 'boolean',
    };
  });

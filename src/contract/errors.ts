/**
 * Every error Verdant tells a user, in one table. Codes are stable and never reused; the reference page of the docs
 * is generated from here. `fix` says what to do next, in the words of someone who wants to get on.
 */
export const errorTable = {
  'invalid-request': { status: 400, message: 'The request is not valid.', fix: 'Correct the fields named in details.' },
  'malformed-payload': {
    status: 400,
    message: 'The payload could not be decoded.',
    fix: 'Send OTLP as protobuf or JSON, with the Content-Type that matches.',
  },
  unauthenticated: {
    status: 401,
    message: 'No valid token or session came with this request.',
    fix: 'Send "Authorization: Bearer <token>", or sign in with a link from "verdant sign-in".',
  },
  'sign-in-code-invalid': {
    status: 401,
    message: 'This sign-in link was used already or has expired.',
    fix: 'Make a new one with "verdant sign-in".',
  },
  forbidden: {
    status: 403,
    message: 'The token lacks the scope that this needs.',
    fix: 'Use a token with the scope named in details, or ask an administrator for one.',
  },
  'cross-site': {
    status: 403,
    message: 'A browser sent this change from another site.',
    fix: 'Send changes from the Verdant page itself, or use a token.',
  },
  'not-found': { status: 404, message: 'There is nothing here by this name.', fix: 'Check the name or the path.' },
  'method-not-allowed': {
    status: 405,
    message: 'This method is not allowed here.',
    fix: 'Use the method of the API reference.',
  },
  conflict: { status: 409, message: 'This contradicts what is stored.', fix: 'Read the present state and try again.' },
  'payload-too-large': {
    status: 413,
    message: 'The body is larger than the limit, before or after decompression.',
    fix: 'Send smaller batches, or raise --max-body-bytes.',
  },
  'unsupported-media-type': {
    status: 415,
    message: 'This content type or encoding is not understood here.',
    fix: 'Use application/x-protobuf or application/json, plain or gzip.',
  },
  'definitions-invalid': {
    status: 422,
    message: 'The definitions have mistakes; nothing was changed.',
    fix: 'Correct the places named in details; "verdant validate" shows them all at once.',
  },
  overloaded: {
    status: 429,
    message: 'More telemetry is waiting to be written than memory allows.',
    fix: 'Send again after Retry-After; OpenTelemetry exporters do so by themselves.',
  },
  'too-many-requests': { status: 429, message: 'Too many requests.', fix: 'Wait for Retry-After, then go on.' },
  internal: {
    status: 500,
    message: 'Something went wrong inside Verdant.',
    fix: 'Look for the request id in the log and report it.',
  },
  'query-too-heavy': {
    status: 503,
    message: 'The question needs more memory or time than one query may take.',
    fix: 'Ask for a shorter window or fewer objectives, or raise --query-memory-bytes.',
  },
  'store-full': {
    status: 503,
    message: 'The disk of the data directory is full; nothing can be written.',
    fix: 'Make room or shorten the retention. Verdant goes on by itself when there is space.',
  },
  'store-unavailable': {
    status: 503,
    message: 'The store does not answer.',
    fix: 'Check the database that --clickhouse-url or --postgres-url names; senders try again by themselves.',
  },
  'shutting-down': { status: 503, message: 'Verdant is stopping.', fix: 'Send again to the new process.' },
  'not-a-demo': {
    status: 404,
    message: 'This server runs without the demo bank.',
    fix: 'Start it with "npm start" or "verdant demo".',
  },
  'data-directory-in-use': {
    status: 500,
    message: 'Another Verdant process works on this data directory.',
    fix: 'Stop it first, or give this one another directory with --data.',
  },
  'data-directory-foreign': {
    status: 500,
    message: 'This directory holds something that is not Verdant data, or data of a newer Verdant.',
    fix: 'Give an empty or a Verdant directory with --data.',
  },
  'data-directory-corrupt': {
    status: 500,
    message: 'The data directory cannot be opened.',
    fix: 'Restore it from a backup, or start with a new one by --data.',
  },
  'migration-changed': {
    status: 500,
    message: 'A migration that was applied before now reads differently.',
    fix: 'Run the Verdant version that wrote this data, or a newer one.',
  },
  'configuration-invalid': {
    status: 500,
    message: 'The configuration has mistakes.',
    fix: 'Correct the settings named in details; the reference lists them all.',
  },
  'engine-missing': {
    status: 500,
    message: 'The embedded engine is not available on this system.',
    fix: 'Use Linux (glibc) or macOS, or name a ClickHouse with --clickhouse-url.',
  },
  'port-in-use': {
    status: 500,
    message: 'The port is taken by another program.',
    fix: 'Choose another with --port or --otlp-http-port.',
  },
} as const satisfies Record<string, { status: number; message: string; fix: string }>;

export type ErrorCode = keyof typeof errorTable;

/** Where in a request or a file a mistake is. */
export interface ErrorDetail {
  readonly message: string;
  /** Path of a field (`spec.target`) or of a file. */
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly excerpt?: string;
  readonly expected?: string;
  readonly suggestion?: string;
}

/** An error that is meant for the user: a code of the table, what was met, and where. */
export class VerdantError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  /** Seconds after which to try again, for codes that are worth it. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: readonly ErrorDetail[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(
      options.message ?? errorTable[code].message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'VerdantError';
    this.code = code;
    this.details = options.details ?? [];
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get fix(): string {
    return errorTable[this.code].fix;
  }
}

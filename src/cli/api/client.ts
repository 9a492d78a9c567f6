import type { z } from 'zod';
import { errorBodySchema } from '../../contract/api/error-body.ts';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-code.ts';
import type { Connection } from './connection.ts';

/** Long enough for a heavy question, short enough not to hang a pipeline. */
const TIMEOUT_MS = 60_000;

/** Statuses that say no about what was asked; all others mean that no verdict was reached. */
const REFUSALS = new Set([400, 404, 405, 409, 413, 415, 422]);

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  ETIMEDOUT: 'timed out',
  UND_ERR_CONNECT_TIMEOUT: 'timed out',
  UND_ERR_SOCKET: 'connection closed',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
};

function unreachableReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return code === undefined ? cause.message : (reasons[code] ?? code);
}

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** Calls the API of one server and reads its answers by the contract. */
export class ApiClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get url(): string {
    return this.#connection.url;
  }

  /** @throws CliError when the server is not reached, refuses, or answers something else than the contract says */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#read(await this.#send({ method: 'GET', path }), schema);
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return this.#read(await this.#send({ method: 'POST', path, body }), schema);
  }

  /** A POST without a body whose answer does not matter. */
  async create(path: string): Promise<void> {
    await this.#send({ method: 'POST', path });
  }

  async delete(path: string): Promise<void> {
    await this.#send({ method: 'DELETE', path });
  }

  async #send(call: Call): Promise<{ text: string }> {
    const { url, token } = this.#connection;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    try {
      const response = await fetch(url + call.path, {
        method: call.method,
        headers,
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (!response.ok) throw this.#refusal(response.status, text);
      return { text };
    } catch (error) {
      if (error instanceof CliError) throw error;
      throw new CliError(`Verdant does not answer at ${url}: ${unreachableReason(error)}.`, {
        exitCode: ExitCode.noVerdict,
        fix: 'Start it with "npm start" or "verdant serve", or give its address with --url.',
        cause: error,
      });
    }
  }

  #refusal(status: number, text: string): CliError {
    const body = errorBodySchema.safeParse(parseJson(text));
    if (!body.success) return this.#foreign(`status ${status}`);
    const { message, fix, details } = body.data.error;
    const why = status === 401 && this.#connection.token === undefined ? ` (${this.#connection.missingToken})` : '';
    return new CliError(message.replace(/\.?$/, `${why}.`), {
      exitCode: REFUSALS.has(status) ? ExitCode.no : ExitCode.noVerdict,
      fix: status === 401 ? 'Give a token with --token or VERDANT_TOKEN, or the data directory with --data.' : fix,
      details,
    });
  }

  #read<T>(answer: { text: string }, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(parseJson(answer.text));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw this.#foreign(issue === undefined ? 'unknown' : `${issue.path.join('.') || 'body'}: ${issue.message}`);
  }

  #foreign(what: string): CliError {
    return new CliError(`What answers at ${this.url} does not speak this version of Verdant's API (${what}).`, {
      exitCode: ExitCode.noVerdict,
      fix: 'Check the address given with --url, and that server and command line have the same version.',
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

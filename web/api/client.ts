import { z } from 'zod';
import { errorBodySchema } from '../../src/contract/api/error-body.ts';
import { ApiError } from './api-error.ts';

// The CSP forbids eval, which zod would try in order to compile its parsers.
z.config({ jitless: true });

const BASE = '/api/v1';

const unreachable = new ApiError({
  status: 0,
  code: 'unreachable',
  message: 'Verdant does not answer.',
  fix: 'Check that the server runs and that you are online. This page tries again by itself.',
});

async function failureOf(response: Response): Promise<ApiError> {
  const body = errorBodySchema.safeParse(await response.json().catch(() => undefined));
  if (!body.success) {
    return new ApiError({
      status: response.status,
      code: 'unknown-error',
      message: `The server answered with status ${response.status}.`,
      fix: 'Look into the log of the server, or of the proxy in front of it.',
    });
  }
  const { code, message, fix, details } = body.data.error;
  return new ApiError({ status: response.status, code, message, fix, details: details.map((one) => one.message) });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(BASE + path, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable;
  });
  if (!response.ok) throw await failureOf(response);
  return response;
}

/** Asks the API and checks the answer. Throws {@link ApiError}. */
export async function read<S extends z.ZodType>(schema: S, path: string, signal?: AbortSignal): Promise<z.output<S>> {
  const response = await send(path, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
  const answer = schema.safeParse(await response.json().catch(() => undefined));
  if (answer.success) return answer.data;
  throw new ApiError({
    status: response.status,
    code: 'unexpected-answer',
    message: 'The server answered in a form that this page does not know.',
    fix: 'Reload the page: the server may have been updated.',
    details: answer.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  });
}

/** Sends a change whose answer does not matter. Throws {@link ApiError}. */
export async function change(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  await send(path, init);
}

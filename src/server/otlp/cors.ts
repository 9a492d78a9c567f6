import type { FastifyReply, FastifyRequest } from 'fastify';

/** Seconds for which a browser may remember a preflight; Chromium takes no more than two hours. */
const PREFLIGHT_SECONDS = 7200;

/** A list of header names, as a browser asks for them; anything else is not repeated into our answer. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;

/**
 * Lets pages of these origins read the answer, errors too: without it a browser hides even the reason of a refusal.
 * Credentials are never allowed: telemetry is authenticated by a token that the page holds, not by a cookie.
 */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[] | '*'): boolean {
  if (origins !== '*') reply.header('vary', 'Origin');
  const origin = request.headers.origin;
  if (origin === undefined) return false;
  if (origins !== '*' && !origins.includes(origin)) return false;
  reply.header('access-control-allow-origin', origins === '*' ? '*' : origin);
  reply.header('access-control-expose-headers', 'Retry-After');
  return true;
}

/** Answers what a browser asks before it sends: the method, and every header it wants to send. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply, allowed: boolean): FastifyReply {
  reply.header('allow', 'POST, OPTIONS');
  if (allowed) {
    const headers = request.headers['access-control-request-headers'];
    reply.header('access-control-allow-methods', 'POST');
    reply.header('access-control-max-age', String(PREFLIGHT_SECONDS));
    if (headers !== undefined && HEADER_NAMES.test(headers)) reply.header('access-control-allow-headers', headers);
  }
  return reply.code(204).send();
}

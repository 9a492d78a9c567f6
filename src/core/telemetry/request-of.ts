import { cleanName, cleanPath, displayName } from './clean-name.ts';
import { failsByDefault } from './default-failure.ts';
import type { Request } from './request.ts';
import type { RequestAttributes } from './request-attributes.ts';
import { requestAttributes } from './request-attributes.ts';
import { rpcStatusOf } from './rpc-status.ts';
import type { Span } from './span.ts';
import { SpanKind } from './span.ts';

/** Stands in for an endpoint that nothing names. */
const NAMELESS = '(unnamed)';

/** UTF-16 units kept of a user agent: real ones have 100 to 300, and the column is a dictionary. */
const LONGEST_USER_AGENT = 512;

/**
 * The request that a span stands for: spans of servers and consumers are requests, others are none.
 * The endpoint is, in this order: the rpc method, the HTTP method with the route, the messaging operation with its
 * destination, the HTTP method with the cleaned path, the cleaned span name.
 */
export function requestOf(span: Span): Request | undefined {
  if (span.kind !== SpanKind.server && span.kind !== SpanKind.consumer) return undefined;
  const said = requestAttributes(span.attributes);
  const method = methodOf(said.method);
  const httpStatus = httpStatusOf(said.httpStatus);
  const rpcStatus = rpcStatusOf(said.rpcStatus);
  return {
    endpoint: displayName(endpointOf(said, method, span.name)) || NAMELESS,
    method,
    path: pathOf(said.path),
    userAgent: said.userAgent.slice(0, LONGEST_USER_AGENT),
    httpStatus,
    rpcStatus,
    failed: failsByDefault({ httpStatus, rpcStatus, spanStatus: span.statusCode }),
  };
}

function endpointOf(said: RequestAttributes, method: string, name: string): string {
  if (said.rpcMethod !== '') return said.rpcService === '' ? said.rpcMethod : `${said.rpcService}/${said.rpcMethod}`;
  if (said.route !== '') return method === '' ? said.route : `${method} ${said.route}`;
  if (said.destination !== '') return `${said.operation || 'consume'} ${cleanName(said.destination)}`;
  if (said.path !== '' && method !== '') return `${method} ${cleanPath(said.path)}`;
  return cleanName(name);
}

/** Methods in upper case; what is no word is `_OTHER`, as the conventions say, so that no sender makes up endpoints. */
function methodOf(text: string): string {
  if (text === '') return '';
  return /^[A-Za-z]{1,16}$/.test(text) ? text.toUpperCase() : '_OTHER';
}

/** 0 when it is no HTTP status. */
function httpStatusOf(text: string): number {
  return /^[1-5]\d\d$/.test(text) ? Number(text) : 0;
}

/** `http.target` carries the query and `http.url` the origin; a path has neither. */
function pathOf(text: string): string {
  if (text.startsWith('/') && !/[?#]/.test(text)) return text;
  return text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
}

import type { AttributePairs } from './span.ts';

/** What semantic conventions say about a request, newer names first (OpenTelemetry, HTTP, RPC and messaging spans). */
const KEYS = {
  method: ['http.request.method', 'http.method'],
  route: ['http.route'],
  path: ['url.path', 'http.target', 'url.full', 'http.url'],
  httpStatus: ['http.response.status_code', 'http.status_code'],
  userAgent: ['user_agent.original', 'http.user_agent'],
  rpcService: ['rpc.service'],
  rpcMethod: ['rpc.method'],
  rpcStatus: ['rpc.grpc.status_code', 'rpc.response.status_code'],
  destination: ['messaging.destination.template', 'messaging.destination.name', 'messaging.destination'],
  operation: ['messaging.operation.type', 'messaging.operation.name', 'messaging.operation'],
} as const;
type Field = keyof typeof KEYS;

/** What a span says about its request; a field that it does not say is empty. */
export type RequestAttributes = Readonly<Record<Field, string>>;

const fields = new Map<string, { readonly field: Field; readonly rank: number }>();
for (const field of ['method', 'route', 'path', 'httpStatus', 'userAgent'] as const) register(field);
for (const field of ['rpcService', 'rpcMethod', 'rpcStatus', 'destination', 'operation'] as const) register(field);

function register(field: Field): void {
  for (const [rank, key] of KEYS[field].entries()) fields.set(key, { field, rank });
}

const UNSAID = Number.POSITIVE_INFINITY;

/** Picks the attributes that name and judge a request, in one pass. Of two names for the same thing the newer wins. */
export function requestAttributes(attributes: AttributePairs): RequestAttributes {
  const found = emptyFields('');
  const ranks = emptyFields(UNSAID);
  for (let index = 0; index + 1 < attributes.length; index += 2) {
    const known = fields.get(attributes[index] ?? '');
    const value = attributes[index + 1] ?? '';
    if (known === undefined || value === '' || known.rank > ranks[known.field]) continue;
    found[known.field] = value;
    ranks[known.field] = known.rank;
  }
  return found;
}

function emptyFields<T>(value: T): Record<Field, T> {
  return {
    method: value,
    route: value,
    path: value,
    httpStatus: value,
    userAgent: value,
    rpcService: value,
    rpcMethod: value,
    rpcStatus: value,
    destination: value,
    operation: value,
  };
}

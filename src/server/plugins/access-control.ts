import type { FastifyInstance, FastifyRequest } from 'fastify';
import { VerdantError } from '../../contract/errors.ts';
import type { Scope } from '../../contract/scopes.ts';

/** Who a credential belongs to. */
export interface AuthenticatedPrincipal {
  readonly kind: 'session' | 'token';
  readonly name: string;
  readonly scopes: Scope[];
}

export type Authenticate = (credential: {
  readonly bearer: string | undefined;
  readonly session: string | undefined;
}) => Promise<AuthenticatedPrincipal>;

export const SESSION_COOKIE = 'verdant_session';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The secret of `Authorization: Bearer <secret>`. */
export function bearerOf(request: FastifyRequest): string | undefined {
  const match = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '');
  return match?.[1];
}

/**
 * Guards every route by the access it declares. A session cookie may change something only from our own pages:
 * browsers tell where a request comes from (Fetch Metadata, Origin), and SameSite keeps the cookie at home besides.
 */
export function addAccessControl(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' || route.method === 'OPTIONS') return;
    if (route.config?.access === undefined || route.config.owner === undefined) {
      throw new Error(`route ${String(route.method)} ${route.url} does not say who owns it and who may call it`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || 'open' in access) return;
    const bearer = bearerOf(request);
    const session = request.cookies[SESSION_COOKIE];
    const principal = await authenticate({ bearer, session: bearer === undefined ? session : undefined });
    request.principal = principal;
    if (principal.kind === 'session') refuseCrossSite(request);
    if (access.scope === 'signed-in' || principal.scopes.includes(access.scope)) return;
    throw new VerdantError('forbidden', { details: [{ message: `This needs the scope ${access.scope}.` }] });
  });
}

/** Refuses changes that a browser sends from another site with our cookie. */
export function refuseCrossSite(request: FastifyRequest): void {
  if (!CHANGING.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') {
    if (site !== 'same-origin' && site !== 'none') throw new VerdantError('cross-site');
    return;
  }
  const { origin, host } = request.headers;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host))
    throw new VerdantError('cross-site');
}

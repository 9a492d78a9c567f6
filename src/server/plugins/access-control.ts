import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Actor } from '../../app/access/actor.ts';
import type { Credential } from '../../app/access/authenticate.ts';
import { VerdantError } from '../../contract/errors.ts';

/** Says whose a credential is; throws VerdantError `unauthenticated` when it is nobody's. */
export type Authenticate = (credential: Credential) => Promise<Actor>;

export const SESSION_COOKIE = 'verdant_session';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The secret of `Authorization: Bearer <secret>`. */
export function bearerOf(request: FastifyRequest): string | undefined {
  const match = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '');
  return match?.[1];
}

/**
 * What a request shows for itself: a token before a cookie.
 * @throws VerdantError `unauthenticated` when it shows nothing
 */
export function credentialOf(request: FastifyRequest): Credential {
  const bearer = bearerOf(request);
  if (bearer !== undefined) return { bearer };
  const session = request.cookies[SESSION_COOKIE];
  if (session === undefined) throw new VerdantError('unauthenticated');
  return { session };
}

/**
 * Guards every route by the access it declares. A session cookie may change something only from our own pages:
 * browsers tell where a request comes from (Fetch Metadata, Origin), and SameSite keeps the cookie at home besides.
 */
export function addAccessControl(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('principal', null);
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') routes.push(route);
  });
  app.addHook('onReady', async () => {
    const unguarded = routes.find(({ config }) => config?.access === undefined || config.owner === undefined);
    if (unguarded === undefined) return;
    throw new Error(`route ${String(unguarded.method)} ${unguarded.url} does not say who owns it and who may call it`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || 'open' in access) return;
    const principal = await authenticate(credentialOf(request));
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

import type { FastifyContextConfig } from 'fastify';
import type { Principal } from '../contract/api/access.ts';
import type { Scope } from '../contract/scopes.ts';

/** Who may call a route. Every route says it; a route that does not keeps the server from starting. */
export type RouteAccess =
  | { readonly scope: Scope }
  /** Any signed-in person or token. */
  | { readonly scope: 'signed-in' }
  /** Anyone, with the reason why that is safe. */
  | { readonly open: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** The team that answers for the route. */
    owner?: string;
  }
  interface FastifyRequest {
    principal: Omit<Principal, 'demo' | 'version'> | null;
  }
}

/** Route configuration: owner and access. */
export const guarded = (owner: string, access: RouteAccess): FastifyContextConfig => ({ owner, access });

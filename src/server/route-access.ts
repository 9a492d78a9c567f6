import type { FastifyContextConfig } from 'fastify';
import '@fastify/cookie';
import type { Actor } from '../app/access/actor.ts';
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
    /** Null on a route that is open to anyone. */
    principal: Actor | null;
  }
}

/** Route configuration: owner and access. */
export const guarded = (owner: string, access: RouteAccess): FastifyContextConfig => ({ owner, access });

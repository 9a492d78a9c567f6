import type { FastifyRequest } from 'fastify';
import type { Actor } from '../app/access/actor.ts';
import type { ActingContext, VerdantContext } from '../app/verdant-context.ts';
import { VerdantError } from '../contract/errors.ts';

/**
 * Who asks.
 * @throws VerdantError `unauthenticated` on a route that is open to anyone
 */
export function actorOf(request: FastifyRequest): Actor {
  if (request.principal === null) throw new VerdantError('unauthenticated');
  return request.principal;
}

/** The context of the one who asks. */
export const actingAs = (ctx: VerdantContext, request: FastifyRequest): ActingContext => ({
  ...ctx,
  actor: actorOf(request),
});

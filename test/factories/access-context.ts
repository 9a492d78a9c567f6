import { randomBytes } from 'node:crypto';
import { type Actor, systemActor } from '../../src/app/access/actor.ts';
import { PrincipalCache } from '../../src/app/access/principal-cache.ts';
import type { AccessContext } from '../../src/app/context.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { CatalogDb } from '../../src/store/catalog/catalog-db.ts';

/** A context of Verdant itself on an open catalog, or of another actor. */
export function accessContext(catalog: CatalogDb, clock: Clock, actor: Actor = systemActor): AccessContext {
  return { catalog, clock, random: randomBytes, actor, principals: new PrincipalCache() };
}

import type { Clock } from '../lib/clock.ts';
import type { CatalogDb } from '../store/catalog/catalog-db.ts';
import type { Actor } from './access/actor.ts';
import type { PrincipalCache } from './access/principal-cache.ts';

/** What the verbs of access need. Other verbs take a context that extends this one with what they need. */
export interface AccessContext {
  readonly catalog: CatalogDb;
  readonly clock: Clock;
  /** Unpredictable bytes, fit for secrets. */
  readonly random: (bytes: number) => Uint8Array;
  readonly actor: Actor;
  /** Shared by all requests of the process: what authenticate remembers and revocation forgets. */
  readonly principals: PrincipalCache;
}

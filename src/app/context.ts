import type { Scope } from '../contract/scopes.ts';
import type { Clock } from '../lib/clock.ts';
import type { CatalogDb } from '../store/catalog/catalog-db.ts';
import type { PrincipalCache } from './access/principal-cache.ts';

/** Who asks for something, and what that one may do. `system` is Verdant itself: its jobs and its start. */
export interface Actor {
  readonly kind: 'session' | 'token' | 'system';
  readonly name: string;
  readonly scopes: readonly Scope[];
}

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

import { allScopes, type Scope } from '../../contract/scopes.ts';

/** Who asks for something, and what that one may do. `system` is Verdant itself: its jobs and its start. */
export interface Actor {
  readonly kind: 'session' | 'token' | 'system';
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** Verdant itself, at its start and in its jobs. */
export const systemActor: Actor = { kind: 'system', name: 'verdant', scopes: allScopes };

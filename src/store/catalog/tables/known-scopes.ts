import { allScopes, type Scope } from '../../../contract/scopes.ts';

const known: ReadonlySet<string> = new Set(allScopes);

const isScope = (text: string): text is Scope => known.has(text);

/** Scopes of a row that this version knows; one that was dropped since gives nothing. */
export function knownScopes(stored: readonly string[]): readonly Scope[] {
  return stored.filter(isScope);
}

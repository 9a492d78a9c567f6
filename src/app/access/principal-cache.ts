import type { Actor } from './actor.ts';

/** How long an answer about a secret holds: what a revocation in another process takes to reach this one. */
const REMEMBER_MS = 5000;
/** Secrets remembered at once. One takes some 200 bytes. */
const MAX_ENTRIES = 10_000;

/** What is known of a secret: whose it is until when, or that it is nobody's. */
export interface KnownPrincipal {
  readonly actor: Actor;
  /** Milliseconds since the epoch; Infinity for tokens, which do not expire. */
  readonly expiresAt: number;
}

interface Entry {
  readonly principal: KnownPrincipal | undefined;
  readonly until: number;
}

/**
 * Remembers for a few seconds whose a secret is, so that ingest does not ask the catalog for each request, and unknown
 * secrets too, so that a sender with a wrong token does not either. Keys are hashes. The least recently used goes first.
 */
export class PrincipalCache {
  readonly #known = new Map<string, Entry>();
  readonly #unknown = new Map<string, Entry>();
  #generation = 0;

  /** Grows with each {@link forget}: whoever asked the catalog before it must not remember the answer after it. */
  get generation(): number {
    return this.#generation;
  }

  /** @returns what is remembered; undefined when the catalog has to be asked */
  recall(hash: string, now: number): { readonly principal: KnownPrincipal | undefined } | undefined {
    return recallFrom(this.#known, hash, now) ?? recallFrom(this.#unknown, hash, now);
  }

  remember(hash: string, principal: KnownPrincipal | undefined, now: number): void {
    // Apart, so that a flood of invented secrets does not push out the valid ones.
    const entries = principal === undefined ? this.#unknown : this.#known;
    const until = Math.min(now + REMEMBER_MS, principal?.expiresAt ?? Number.POSITIVE_INFINITY);
    entries.delete(hash);
    entries.set(hash, { principal, until });
    const oldest = entries.keys().next();
    if (entries.size > MAX_ENTRIES && oldest.done !== true) entries.delete(oldest.value);
  }

  /** Forgets a secret at once: it was revoked or its session ended. */
  forget(hash: string): void {
    this.#generation += 1;
    this.#known.delete(hash);
    this.#unknown.delete(hash);
  }
}

function recallFrom(entries: Map<string, Entry>, hash: string, now: number): Entry | undefined {
  const entry = entries.get(hash);
  if (entry === undefined) return undefined;
  entries.delete(hash);
  if (entry.until <= now) return undefined;
  entries.set(hash, entry);
  return entry;
}

import { VerdantError } from '../../contract/errors.ts';
import { BatchedLookup } from '../../lib/batched-lookup.ts';
import type { CatalogDb } from '../../store/catalog/catalog-db.ts';
import { findSessions, type StoredSession } from '../../store/catalog/tables/session.ts';
import { findTokensByHash, noteTokenUse, type StoredToken } from '../../store/catalog/tables/token.ts';
import type { AccessContext } from '../context.ts';
import type { Actor } from './actor.ts';
import type { KnownPrincipal } from './principal-cache.ts';
import { hashSecret, looksLikeSecret } from './secret.ts';

/** What came with a request: the text behind `Bearer`, or the value of the session cookie. */
export type Credential = { readonly bearer: string } | { readonly session: string };

/** No finer than this is the use of a token noted, so that ingest does not write for each request. */
const NOTE_USE_MS = 60_000;

interface Lookups {
  readonly tokens: BatchedLookup<StoredToken>;
  readonly sessions: BatchedLookup<StoredSession>;
}

/** Of each catalog: made-up secrets, which no memory can answer, must not keep it from everything else. */
const lookups = new WeakMap<CatalogDb, Lookups>();

function lookupsOf(catalog: CatalogDb): Lookups {
  const known = lookups.get(catalog) ?? {
    tokens: new BatchedLookup((hashes) => findTokensByHash(catalog.db, hashes)),
    sessions: new BatchedLookup((hashes) => findSessions(catalog.db, hashes)),
  };
  lookups.set(catalog, known);
  return known;
}

/**
 * Says whose a token or a session is. Answers are remembered for 5 s: a revocation holds at once in this process and
 * within 5 s in others.
 * @throws VerdantError `unauthenticated` when it is unknown, revoked or expired
 */
export async function authenticate(ctx: Omit<AccessContext, 'actor'>, credential: Credential): Promise<Actor> {
  const isBearer = 'bearer' in credential;
  const text = isBearer ? credential.bearer : credential.session;
  if (!looksLikeSecret(text, isBearer ? ['api', 'ingest'] : ['session'])) throw new VerdantError('unauthenticated');
  const hash = hashSecret(text);
  const now = ctx.clock.now();
  const principal = await lookUp(ctx, hash, isBearer, now);
  if (principal === undefined || principal.expiresAt <= now) throw new VerdantError('unauthenticated');
  return principal.actor;
}

async function lookUp(
  ctx: Omit<AccessContext, 'actor'>,
  hash: string,
  isBearer: boolean,
  now: number,
): Promise<KnownPrincipal | undefined> {
  const remembered = ctx.principals.recall(hash, now);
  if (remembered !== undefined) return remembered.principal;
  const generation = ctx.principals.generation;
  const principal = isBearer ? await tokenPrincipal(ctx, hash, now) : await sessionPrincipal(ctx, hash);
  // What was revoked while the catalog answered must not be remembered as valid.
  if (ctx.principals.generation === generation) ctx.principals.remember(hash, principal, now);
  return principal;
}

async function tokenPrincipal(
  ctx: Omit<AccessContext, 'actor'>,
  hash: string,
  now: number,
): Promise<KnownPrincipal | undefined> {
  const token = await lookupsOf(ctx.catalog).tokens.find(hash);
  if (token === undefined) return undefined;
  const isNoted = token.lastUsedAt !== undefined && token.lastUsedAt > now - NOTE_USE_MS;
  if (!isNoted) await noteUse(ctx, token.id, now);
  const actor: Actor = { kind: 'token', name: token.name, scopes: token.scopes };
  return { actor, expiresAt: Number.POSITIVE_INFINITY };
}

/** A full disk must not keep anyone from reading: the token is valid all the same. */
async function noteUse(ctx: Omit<AccessContext, 'actor'>, id: string, now: number): Promise<void> {
  try {
    await noteTokenUse(ctx.catalog.db, id, now, now - NOTE_USE_MS);
  } catch (error) {
    if (!(error instanceof VerdantError && error.code === 'store-full')) throw error;
  }
}

async function sessionPrincipal(ctx: Omit<AccessContext, 'actor'>, hash: string): Promise<KnownPrincipal | undefined> {
  const session = await lookupsOf(ctx.catalog).sessions.find(hash);
  if (session === undefined) return undefined;
  const actor: Actor = { kind: 'session', name: session.name, scopes: session.scopes };
  return { actor, expiresAt: session.expiresAt };
}

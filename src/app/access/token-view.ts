import type { Token } from '../../contract/api/access.ts';
import type { StoredToken } from '../../store/catalog/tables/token.ts';

/** A stored token as the API shows it. */
export function tokenView(token: StoredToken): Token {
  return {
    id: token.id,
    name: token.name,
    scopes: [...token.scopes],
    createdAt: new Date(token.createdAt).toISOString(),
    lastUsedAt: token.lastUsedAt === undefined ? null : new Date(token.lastUsedAt).toISOString(),
  };
}

import type { Clock } from '../../lib/clock.ts';
import type { CatalogDb, CatalogLogger } from './catalog-db.ts';
import { migrateCatalog } from './migrate.ts';
import { type Durability, openPglite } from './pglite/open-pglite.ts';
import { connectPostgres } from './postgres/open-postgres.ts';

/** Where the catalog lives: a directory for PostgreSQL inside the process, or the address of one outside. */
export type CatalogLocation = { readonly dir: string; readonly durability?: Durability } | { readonly url: string };

/**
 * Opens the catalog and brings it to the newest shape. `durability` (default `process`) is for the directory; a
 * PostgreSQL outside is as durable as it is set up to be.
 * @throws VerdantError `data-directory-in-use`, `data-directory-foreign`, `data-directory-corrupt`,
 * `migration-changed`, or `store-unavailable` when the PostgreSQL outside does not answer
 */
export async function openCatalog(
  location: CatalogLocation,
  tools: { readonly clock: Clock; readonly logger?: CatalogLogger | undefined },
): Promise<CatalogDb> {
  const migrate = (catalog: CatalogDb) => migrateCatalog(catalog.db, tools);
  if ('dir' in location) return openPglite(location.dir, location.durability ?? 'process', migrate);
  const catalog = await connectPostgres(location.url, tools.logger);
  try {
    await migrate(catalog);
    return catalog;
  } catch (error) {
    await catalog.close();
    throw error;
  }
}

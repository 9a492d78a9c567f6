import type { CatalogHandle } from '../catalog-schema.ts';

/** Where a job stands, as the text it left; undefined when it never ran. */
export async function readCursor(db: CatalogHandle, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('cursor').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Leaves where a job stands. */
export async function writeCursor(db: CatalogHandle, name: string, value: string): Promise<void> {
  await db
    .insertInto('cursor')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

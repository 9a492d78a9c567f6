import { z } from 'zod';
import type { CatalogHandle } from '../catalog-schema.ts';

/** Who changed what. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Kind and name, such as `token/ci`. */
  readonly actor: string;
  /** Name of the use case, such as `createToken`. */
  readonly verb: string;
  /** What it was done to, such as `token/ci` or `objective/checkout`. */
  readonly subject: string;
  /** JSON; never a secret. */
  readonly detail: Readonly<Record<string, unknown>>;
}

const detailSchema = z.record(z.string(), z.unknown());

/** Adds an entry. In the transaction of the change itself, so that there is neither without the other. */
export async function insertAuditEntry(tx: CatalogHandle, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values({
      at: entry.at,
      actor: entry.actor,
      verb: entry.verb,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail),
    })
    .execute();
}

/** The latest entries, the newest first. */
export async function latestAuditEntries(db: CatalogHandle, limit: number): Promise<readonly AuditEntry[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select(['at', 'actor', 'verb', 'subject', 'detail'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, detail: detailSchema.parse(row.detail) }));
}

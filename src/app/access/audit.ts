import type { Clock } from '../../lib/clock.ts';
import type { CatalogHandle } from '../../store/catalog/catalog-schema.ts';
import { insertAuditEntry } from '../../store/catalog/tables/audit-entry.ts';
import type { Actor } from './actor.ts';

/** Notes who did what, in the transaction of the change itself: there is neither without the other. */
export async function audit(
  tx: CatalogHandle,
  ctx: { readonly clock: Clock; readonly actor: Actor },
  entry: { readonly verb: string; readonly subject: string; readonly detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await insertAuditEntry(tx, {
    at: ctx.clock.now(),
    actor: `${ctx.actor.kind}/${ctx.actor.name}`,
    verb: entry.verb,
    subject: entry.subject,
    detail: entry.detail ?? {},
  });
}

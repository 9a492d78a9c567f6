import type { z } from 'zod';
import type { ObjectiveStatus, statusQuerySchema } from '../../contract/api/objectives.ts';
import type { ActingContext } from '../verdant-context.ts';
import { findReadable } from './read-objectives.ts';
import { sparksOf } from './sparks.ts';
import { readMoment, readWindows } from './window-list.ts';
import { windowStatuses } from './window-statuses.ts';

export type StatusQuery = z.output<typeof statusQuerySchema>;

/**
 * The status of one objective over its own windows or others, now or at a past time.
 * @throws VerdantError `not-found`, `invalid-request`
 */
export async function readStatus(ctx: ActingContext, name: string, query: StatusQuery): Promise<ObjectiveStatus> {
  const known = await findReadable(ctx, name);
  const { objective } = known;
  const windows = query.windows === undefined ? objective.windows : readWindows(query.windows);
  const atMs = readMoment(query.at, ctx.evaluation.watermarkMs);
  const asked = { objectives: [known], windows: [...windows, objective.primaryWindow], atMs };
  const statuses = (await windowStatuses(ctx, asked)).get(known.id) ?? [];
  const sparks = query.spark > 0 ? (await sparksOf(ctx, { ...asked, windows }, query.spark)).get(known.id) : undefined;
  return {
    name: objective.name,
    at: query.at ?? new Date(ctx.clock.now()).toISOString(),
    watermark: new Date(ctx.evaluation.watermarkMs).toISOString(),
    state: statuses.at(-1)?.state ?? 'no-data',
    primaryWindow: objective.primaryWindow.text,
    windows: statuses.slice(0, windows.length).map((status, index) => ({
      ...status,
      ...(sparks === undefined ? {} : { spark: sparks[index] ?? [] }),
    })),
  };
}

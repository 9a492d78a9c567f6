import type { Attribution } from '../../contract/api/objectives.ts';
import { countOnWire } from '../../core/slo/count-on-wire.ts';
import { sliNumber } from '../../core/slo/sli.ts';
import { windowSlices } from '../../core/slo/window.ts';
import { spentByEndpoint } from '../../store/telemetry/questions/spent-by-endpoint.ts';
import type { ActingContext } from '../verdant-context.ts';
import { findReadable } from './read-objectives.ts';
import type { WindowQuery } from './read-series.ts';
import { readMoment, readWindow } from './window-list.ts';

/**
 * Which endpoints spent the budget of an objective over a window; as far back as spans are kept.
 * @throws VerdantError `not-found`, `invalid-request`, `query-too-heavy`
 */
export async function readAttribution(ctx: ActingContext, name: string, query: WindowQuery): Promise<Attribution> {
  const known = await findReadable(ctx, name);
  const window = query.window === undefined ? known.objective.primaryWindow : readWindow(query.window);
  const range = windowSlices(window.ms, readMoment(query.at, ctx.evaluation.watermarkMs));
  const rows = await spentByEndpoint(ctx.telemetry.engine, known.plan, range);
  return {
    name,
    window: window.text,
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    endpoints: rows.map(({ endpoint, valid, bad, allBad }) => ({
      endpoint,
      valid: countOnWire(valid),
      bad: countOnWire(bad),
      share: allBad === 0n ? 0 : Number(bad) / Number(allBad),
      sli: sliNumber({ good: valid - bad, valid }),
    })),
  };
}

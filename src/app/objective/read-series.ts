import type { z } from 'zod';
import type { Series, windowQuerySchema } from '../../contract/api/objectives.ts';
import { burnRateNumber } from '../../core/slo/burn-rate.ts';
import { countOnWire } from '../../core/slo/count-on-wire.ts';
import { remainingOverTime } from '../../core/slo/remaining-over-time.ts';
import { sliNumber } from '../../core/slo/sli.ts';
import { seriesSteps, windowSlices } from '../../core/slo/window.ts';
import { isoTime } from '../../lib/iso-time.ts';
import { shareToNumber } from '../../lib/share.ts';
import { ledgerSeries } from '../../store/telemetry/questions/ledger-series.ts';
import type { ActingContext } from '../verdant-context.ts';
import { findReadable } from './read-objectives.ts';
import { readMoment, readWindow } from './window-list.ts';

export type WindowQuery = z.output<typeof windowQuerySchema>;

/**
 * SLI, budget and burn rate of an objective in steps over a window, for charts. Steps without traffic are there too.
 * @throws VerdantError `not-found`, `invalid-request`
 */
export async function readSeries(ctx: ActingContext, name: string, query: WindowQuery): Promise<Series> {
  const known = await findReadable(ctx, name);
  const { objective } = known;
  const window = query.window === undefined ? objective.primaryWindow : readWindow(query.window);
  const range = windowSlices(window.ms, readMoment(query.at, ctx.evaluation.watermarkMs));
  const stepMs = seriesSteps(window.ms, query.points);
  const counted = (await ledgerSeries(ctx.telemetry.engine, [known], range, stepMs)).get(known.id) ?? [];
  const byStep = new Map(counted.map((step) => [step.stepMs, step]));
  const steps = [];
  for (let at = Math.floor(range.fromMs / stepMs) * stepMs; at < range.toMs; at += stepMs) {
    steps.push(byStep.get(at) ?? { stepMs: at, good: 0n, valid: 0n });
  }
  const remaining = remainingOverTime(steps, objective.target);
  return {
    name,
    window: window.text,
    from: isoTime(range.fromMs),
    to: isoTime(range.toMs),
    stepSeconds: stepMs / 1000,
    target: shareToNumber(objective.target),
    points: steps.map((step, index) => ({
      time: isoTime(Math.max(step.stepMs, range.fromMs)),
      good: countOnWire(step.good),
      valid: countOnWire(step.valid),
      sli: sliNumber(step),
      budgetRemaining: remaining[index] ?? null,
      burnRate: burnRateNumber(step, objective.target),
    })),
  };
}

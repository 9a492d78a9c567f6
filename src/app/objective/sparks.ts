import type { RollingWindow } from '../../core/slo/objective.ts';
import { seriesSteps, windowSlices } from '../../core/slo/window.ts';
import { ledgerSeries } from '../../store/telemetry/questions/ledger-series.ts';
import type { VerdantContext } from '../verdant-context.ts';
import type { StatusRequest } from './window-statuses.ts';

/** The run of the SLI over each window, for a line in a cell; null where there was no traffic. */
export type Sparks = Map<number, (number | null)[][]>;

/** Finer than a pixel of any line, and a third of the digits on the wire. */
const SPARK_PRECISION = 1e6;

/** @param points at most so many per window */
export async function sparksOf(
  ctx: VerdantContext,
  { objectives, windows, atMs }: StatusRequest,
  points: number,
): Promise<Sparks> {
  const sparks: Sparks = new Map(objectives.map(({ id }) => [id, []]));
  for (const window of windows) {
    const lines = await windowSparks(ctx, { objectives, windows: [], atMs }, { window, points });
    for (const { id } of objectives) sparks.get(id)?.push(lines.get(id) ?? []);
  }
  return sparks;
}

async function windowSparks(
  ctx: VerdantContext,
  { objectives, atMs }: StatusRequest,
  { window, points }: { readonly window: RollingWindow; readonly points: number },
): Promise<Map<number, (number | null)[]>> {
  const step = seriesSteps(window.ms, points);
  const { toMs, fromMs } = windowSlices(window.ms, atMs);
  // Whole steps only: a first step cut short would draw a value that the others do not compare with.
  const range = { fromMs: Math.ceil(fromMs / step) * step, toMs };
  const count = Math.max(1, Math.ceil((toMs - range.fromMs) / step));
  const series = await ledgerSeries(ctx.telemetry.engine, objectives, range, step);
  const lines = new Map<number, (number | null)[]>();
  for (const [id, steps] of series) {
    const line: (number | null)[] = new Array(count).fill(null);
    for (const { stepMs, good, valid } of steps) {
      const index = (stepMs - range.fromMs) / step;
      if (valid > 0n && index >= 0 && index < count)
        line[index] = Math.round((Number(good) / Number(valid)) * SPARK_PRECISION) / SPARK_PRECISION;
    }
    lines.set(id, line);
  }
  return lines;
}

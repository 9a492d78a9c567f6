import type { WindowStatus } from '../../contract/api/status.ts';
import { budgetOf } from '../../core/slo/budget.ts';
import { burnRateOf } from '../../core/slo/burn-rate.ts';
import { burnRateLookbacks } from '../../core/slo/burn-rate-lookbacks.ts';
import { countOnWire } from '../../core/slo/count-on-wire.ts';
import { coverageNumber, coverageOf } from '../../core/slo/coverage.ts';
import type { RollingWindow } from '../../core/slo/objective.ts';
import { sliNumber, sliText } from '../../core/slo/sli.ts';
import { windowState } from '../../core/slo/verdict.ts';
import { type TimeSpan, windowSlices } from '../../core/slo/window.ts';
import { isoTime } from '../../lib/iso-time.ts';
import { firstMinutes } from '../../store/telemetry/questions/first-minutes.ts';
import { type WindowSum, windowSums } from '../../store/telemetry/questions/window-sums.ts';
import type { VerdantContext } from '../verdant-context.ts';
import type { KnownObjective } from './objective-book.ts';

/** Each window takes a kilobyte of a statement, and the store reads no more than 256 of them. */
const WINDOWS_AT_ONCE = 50;

const NOTHING: WindowSum = { good: 0n, valid: 0n, observedMinutes: 0 };

/** What is known of one objective at one moment. */
interface Known {
  readonly sums: readonly WindowSum[];
  readonly firstMs: number | undefined;
}

export interface StatusRequest {
  readonly objectives: readonly KnownObjective[];
  readonly windows: readonly RollingWindow[];
  /** Milliseconds; windows end with the minute that holds it. */
  readonly atMs: number;
  /** Look-backs of the burn rates; they cost as much as windows. Default: all that are shown. */
  readonly lookbacks?: readonly RollingWindow[];
}

/**
 * The status of objectives over windows, all from one question to the ledger.
 * @returns per objective number, one status per window in the order asked
 */
export async function windowStatuses(
  ctx: VerdantContext,
  { objectives, windows, atMs, lookbacks = burnRateLookbacks }: StatusRequest,
): Promise<Map<number, WindowStatus[]>> {
  const spans = [...windows, ...lookbacks].map(({ ms }) => windowSlices(ms, atMs));
  const asked: Asked = {
    columns: windows.map((window) => columnOf(window, atMs)),
    lookbacks,
    watermarkMs: ctx.evaluation.watermarkMs,
    watermark: isoTime(ctx.evaluation.watermarkMs),
  };
  const { engine } = ctx.telemetry;
  const [sums, firsts] = await Promise.all([sumsOf(ctx, objectives, spans), firstMinutes(engine, objectives)]);
  return new Map(
    objectives.map((known) => [
      known.id,
      statusesOf(known, { sums: sums.get(known.id) ?? [], firstMs: firsts.get(known.id) }, asked),
    ]),
  );
}

/** Sums of any number of windows, per objective number in the order asked. */
async function sumsOf(
  ctx: VerdantContext,
  objectives: readonly KnownObjective[],
  spans: readonly TimeSpan[],
): Promise<Map<number, readonly WindowSum[]>> {
  const all = new Map<number, WindowSum[]>(objectives.map(({ id }) => [id, []]));
  for (let start = 0; start < spans.length; start += WINDOWS_AT_ONCE) {
    const part = spans.slice(start, start + WINDOWS_AT_ONCE);
    const sums = await windowSums(ctx.telemetry.engine, objectives, part);
    for (const [id, list] of all) list.push(...(sums.get(id) ?? part.map(() => NOTHING)));
  }
  return all;
}

/** A window at the moment asked for; its times are written once for all objectives. */
interface Column {
  readonly window: RollingWindow;
  readonly span: TimeSpan;
  readonly from: string;
  readonly to: string;
}

function columnOf(window: RollingWindow, atMs: number): Column {
  const span = windowSlices(window.ms, atMs);
  return { window, span, from: isoTime(span.fromMs), to: isoTime(span.toMs) };
}

interface Asked {
  readonly columns: readonly Column[];
  /** Their sums come after those of the columns. */
  readonly lookbacks: readonly RollingWindow[];
  readonly watermarkMs: number;
  readonly watermark: string;
}

function statusesOf({ objective }: KnownObjective, known: Known, asked: Asked): WindowStatus[] {
  const { target } = objective;
  const burnRates = asked.lookbacks.map(({ text }, index) =>
    burnRateOf(text, known.sums[asked.columns.length + index] ?? NOTHING, target),
  );
  return asked.columns.map(({ window, span, from, to }, index): WindowStatus => {
    const counts = known.sums[index] ?? NOTHING;
    const expectedSpan = { fromMs: span.fromMs, toMs: Math.min(span.toMs, floorMinute(asked.watermarkMs)) };
    const coverage = coverageOf(expectedSpan, counts.observedMinutes, known.firstMs);
    return {
      window: window.text,
      from,
      to,
      state: windowState({ counts, coverage }, objective),
      sli: sliNumber(counts),
      sliText: sliText(counts, target),
      good: countOnWire(counts.good),
      valid: countOnWire(counts.valid),
      coverage: Math.min(1, coverageNumber(coverage)),
      watermark: asked.watermark,
      budget: budgetOf(counts, target, window.ms),
      burnRates,
    };
  });
}

/** The minute that is still filling is not expected to be there yet. */
const floorMinute = (ms: number): number => Math.floor(ms / 60_000) * 60_000;

import type { WindowStatus } from '../../contract/api/status.ts';
import { requireScope } from '../access/require-scope.ts';
import { windowStatuses } from '../objective/window-statuses.ts';
import type { ActingContext } from '../verdant-context.ts';
import { MetricsText } from './metrics-text.ts';

/** Verdant's own numbers, and SLI, budget and burn rate of each objective over each of its windows. */
export async function renderMetrics(ctx: ActingContext, version: string): Promise<string> {
  requireScope(ctx.actor, 'metrics:read');
  const text = new MetricsText();
  ownMetrics(ctx, version, text);
  await objectiveMetrics(ctx, text);
  return text.toString();
}

function ownMetrics(ctx: ActingContext, version: string, text: MetricsText): void {
  const { ingest, evaluation, live } = ctx;
  const { counters, pendingBytes } = ctx.telemetry.spans;
  const { rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  text.gauge('verdant_build_info', 'Version of this Verdant.', 1, { version });
  text.counter('verdant_ingest_requests_total', 'Exports received.', ingest.requests);
  text.counter('verdant_ingest_failed_requests_total', 'Exports answered with an error.', ingest.failedRequests);
  text.counter('verdant_ingest_spans_total', 'Spans accepted.', ingest.spansAccepted);
  text.counter('verdant_ingest_rejected_spans_total', 'Spans rejected as not valid.', ingest.spansRejected);
  text.counter('verdant_ingest_bytes_total', 'Bytes of exports after decompression.', ingest.bytes);
  text.counter('verdant_store_spans_written_total', 'Spans written durably.', counters.spansWritten);
  text.counter('verdant_store_spans_repeated_total', 'Spans that were stored already.', counters.spansRepeated);
  text.counter('verdant_store_spans_shed_total', 'Spans turned away to keep memory bounded.', counters.shed);
  text.counter('verdant_store_writes_total', 'Writes to the telemetry store.', counters.writes);
  text.counter('verdant_store_failed_writes_total', 'Writes that failed.', counters.failedWrites);
  text.gauge('verdant_store_pending_bytes', 'Bytes of payloads waiting to be written.', pendingBytes);
  text.counter('verdant_evaluation_runs_total', 'Runs of evaluation.', evaluation.runs);
  text.counter('verdant_evaluation_failures_total', 'Runs of evaluation that failed.', evaluation.failures);
  text.counter('verdant_evaluation_slices_total', 'Minute slices written to the ledger.', evaluation.slicesWritten);
  text.gauge('verdant_evaluation_last_run_seconds', 'Duration of the last run.', evaluation.lastRunMs / 1000);
  text.gauge(
    'verdant_evaluation_watermark_seconds',
    'Telemetry acknowledged before this is counted.',
    evaluation.watermarkMs / 1000,
  );
  text.gauge('verdant_live_readers', 'Open pages that follow live.', live.listeners);
  text.gauge('process_resident_memory_bytes', 'Resident memory.', rss);
  text.counter('process_cpu_seconds_total', 'CPU time of user and system.', (user + system) / 1e6);
}

async function objectiveMetrics(ctx: ActingContext, text: MetricsText): Promise<void> {
  const objectives = await ctx.objectives.all();
  const windows = [...new Map(objectives.flatMap(({ objective }) => objective.windows).map((w) => [w.ms, w])).values()];
  if (windows.length === 0) return;
  const statuses = await windowStatuses(ctx, { objectives, windows, atMs: ctx.evaluation.watermarkMs });
  for (const known of objectives) {
    const own = new Set(known.objective.windows.map(({ ms }) => ms));
    const all = statuses.get(known.id) ?? [];
    const shown = all.filter((_, index) => own.has(windows[index]?.ms ?? 0));
    text.gauge('verdant_objective_target_ratio', 'Share of good events to reach.', known.objective.target / 1e8, {
      objective: known.objective.name,
    });
    for (const status of shown) statusMetrics(known.objective.name, status, text);
    for (const { lookback, rate } of all[0]?.burnRates ?? []) {
      if (rate === null) continue;
      const labels = { objective: known.objective.name, lookback };
      text.gauge('verdant_objective_burn_rate', 'Error rate over a look-back / (1 - target).', rate, labels);
    }
  }
}

function statusMetrics(objective: string, status: WindowStatus, text: MetricsText): void {
  const labels = { objective, window: status.window };
  const { sli, budget } = status;
  if (sli !== null) text.gauge('verdant_objective_sli_ratio', 'Good / valid events.', sli, labels);
  if (budget.remaining !== null) {
    text.gauge(
      'verdant_objective_budget_remaining_ratio',
      'Share of the error budget left; signed.',
      budget.remaining,
      labels,
    );
  }
  text.gauge('verdant_objective_coverage_ratio', 'Observed / expected minutes.', status.coverage, labels);
}

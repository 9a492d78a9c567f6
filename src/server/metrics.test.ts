import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';
import { watchLogin } from '../../test/factories/watched-objective.ts';

interface Family {
  readonly type: string;
  readonly samples: { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let position = 0;
  while (position < text.length) {
    LABEL.lastIndex = position;
    const match = LABEL.exec(text);
    if (match?.[1] === undefined || match[1] in labels) throw new Error(`labels that cannot be read: ${text}`);
    labels[match[1]] = (match[2] ?? '').replace(/\\([\\"n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
    position = LABEL.lastIndex;
  }
  return labels;
}

/**
 * Reads the text format of Prometheus, version 0.0.4, and accepts nothing that its own documentation forbids: each
 * family has HELP and TYPE once, before its samples, which stand together; no sample comes twice.
 */
function parseMetrics(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line must end with a line feed');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let helped: string | undefined;
  let current: string | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP (\S+) (.+)$/.exec(line)?.[1];
    const [, typed, type] = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line) ?? [];
    const [, name, labels = '', value] = /^([^\s{#]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (help !== undefined) {
      if (!NAME.test(help) || families.has(help)) throw new Error(`a family twice or without a name: ${line}`);
      helped = help;
    } else if (typed !== undefined && type !== undefined) {
      if (typed !== helped) throw new Error(`TYPE does not follow HELP: ${line}`);
      families.set(typed, { type, samples: [] });
      current = typed;
    } else if (name !== undefined && value !== undefined) {
      if (name !== current) throw new Error(`a sample outside its family: ${line}`);
      if (seen.has(`${name}{${labels}}`)) throw new Error(`a sample twice: ${line}`);
      seen.add(`${name}{${labels}}`);
      if (value === '' || Number.isNaN(Number(value))) throw new Error(`no number: ${line}`);
      families.get(name)?.samples.push({ labels: readLabels(labels), value: Number(value) });
    } else throw new Error(`not understood: ${line}`);
  }
  return families;
}

const COUNTERS = [
  'verdant_ingest_requests_total',
  'verdant_ingest_failed_requests_total',
  'verdant_ingest_spans_total',
  'verdant_ingest_rejected_spans_total',
  'verdant_ingest_bytes_total',
  'verdant_store_spans_written_total',
  'verdant_store_spans_repeated_total',
  'verdant_store_spans_shed_total',
  'verdant_store_writes_total',
  'verdant_store_failed_writes_total',
  'verdant_evaluation_runs_total',
  'verdant_evaluation_failures_total',
  'verdant_evaluation_slices_total',
  'process_cpu_seconds_total',
];
const GAUGES = [
  'verdant_build_info',
  'verdant_store_pending_bytes',
  'verdant_evaluation_last_run_seconds',
  'verdant_evaluation_watermark_seconds',
  'verdant_live_readers',
  'process_resident_memory_bytes',
];

describe('/metrics', () => {
  const serve = testServers();

  const scrape = async (server: Awaited<ReturnType<typeof serve>>) => {
    const answer = await server.app.inject({
      url: '/metrics',
      headers: { authorization: await server.token('metrics:read') },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    return parseMetrics(answer.body);
  };

  it('is text that Prometheus reads, with the numbers of ingest, store and evaluation', async () => {
    const server = await serve();
    const families = await scrape(server);
    for (const name of COUNTERS)
      expect(families.get(name), name).toMatchObject({ type: 'counter', samples: [{ labels: {} }] });
    for (const name of GAUGES) expect(families.get(name)?.type, name).toBe('gauge');
    expect(families.get('verdant_build_info')?.samples).toEqual([{ labels: { version: '1.2.3' }, value: 1 }]);
    expect([...families.keys()].filter((name) => name.startsWith('verdant_objective'))).toEqual([]);
  });

  it('has SLI, budget left and burn rates of each objective, over each of its windows', async () => {
    const server = await serve();
    await watchLogin(server.ctx, server.stores.clock);
    const families = await scrape(server);
    const samples = (name: string) => families.get(name)?.samples ?? [];
    const over = (window: string, value: number) => ({ labels: { objective: 'login', window }, value });
    expect(samples('verdant_objective_sli_ratio')).toEqual([over('1h', 0.9), over('24h', 0.9)]);
    expect(samples('verdant_objective_budget_remaining_ratio')).toEqual([over('1h', -9), over('24h', -9)]);
    expect(samples('verdant_objective_target_ratio')).toEqual([{ labels: { objective: 'login' }, value: 0.99 }]);
    expect(samples('verdant_objective_coverage_ratio')).toHaveLength(2);
    const rates = samples('verdant_objective_burn_rate');
    expect(rates.length).toBeGreaterThan(2);
    expect(rates.find(({ labels }) => labels.lookback === '1h')?.value).toBeCloseTo(10, 9);
    expect(samples('verdant_store_spans_written_total')).toEqual([{ labels: {}, value: 20 }]);
    expect(samples('verdant_evaluation_slices_total')[0]?.value).toBeGreaterThanOrEqual(20);
  });

  it('counts what comes in over OTLP, good and bad', async () => {
    const server = await serve();
    const authorization = await server.token('ingest:write');
    const send = (payload: string, type = 'application/json') =>
      server.app.inject({
        method: 'POST',
        url: '/v1/traces',
        headers: { authorization, 'content-type': type },
        payload,
      });
    expect((await send('{"resourceSpans":[]}')).statusCode).toBe(200);
    expect((await send('{"resourceSpans":')).statusCode).toBe(400);
    expect((await send('x', 'text/plain')).statusCode).toBe(415);
    const families = await scrape(server);
    expect(families.get('verdant_ingest_requests_total')?.samples[0]?.value).toBe(3);
    expect(families.get('verdant_ingest_failed_requests_total')?.samples[0]?.value).toBe(2);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothEngines, type TestEngine } from '../../../test/factories/clickhouse.ts';
import { makeResource, makeStoredSpan } from '../../../test/factories/spans.ts';
import { ManualClock } from '../../lib/clock.ts';
import { cell } from './engine/sql-engine.ts';
import { applyPolicies } from './migrations/apply-policies.ts';
import { migrateTelemetry, telemetryMigrations } from './migrations/migrate.ts';
import { storedSpanIds } from './questions/stored-batches.ts';
import { SpanWriter } from './span-writer.ts';

const LAYOUT = { cluster: undefined };
const POLICIES = { durability: 'process', spanRetentionMs: 35 * 864e5, ledgerRetentionMs: 400 * 864e5 } as const;
const WRITER = { flushRows: 1000, flushIntervalMs: 5, maxPendingBytes: 1_000_000 };
const NOW = Date.UTC(2026, 10, 24, 12);

/** Payloads that would run as SQL, break a text format or end a block early if any door let them through as text. */
const HOSTILE = [
  '{"a":1}\n\nDROP TABLE spans',
  '\n\nDROP TABLE spans;--',
  "'); DROP TABLE spans; --",
  "\\'; DROP TABLE spans; --",
  '\u0000\u0001\n\n\t\\N',
  '{name:String}',
  '%_*\\%',
  '🌲'.repeat(100),
  'x'.repeat(70_000),
];

describeOnBothEngines('the telemetry store', (open) => {
  let test: TestEngine;
  const clock = new ManualClock(NOW);

  beforeAll(async () => {
    test = await open();
    await migrateTelemetry(test.engine, LAYOUT);
    await applyPolicies(test.engine, LAYOUT, POLICIES);
  });
  afterAll(() => test.dispose());

  const countOf = async (service: string): Promise<bigint> => {
    const [row] = await test.engine.query(
      'SELECT count() FROM spans WHERE service = {service:String}',
      { n: cell.count },
      { service },
    );
    return row?.n ?? -1n;
  };

  it('applies migrations once and refuses data of another version', async () => {
    await migrateTelemetry(test.engine, LAYOUT);
    const [first, ...rest] = telemetryMigrations;
    if (first === undefined) throw new Error('there are migrations');
    const changed = [{ ...first, tables: [] }, ...rest];
    await expect(migrateTelemetry(test.engine, LAYOUT, changed)).rejects.toMatchObject({ code: 'migration-changed' });
    await expect(migrateTelemetry(test.engine, LAYOUT, [first])).rejects.toMatchObject({
      code: 'data-directory-foreign',
    });
  });

  it('keeps every column of a span as it came', async () => {
    const writer = await SpanWriter.open(test.engine, clock, WRITER);
    const resource = makeResource({
      service: 'columns',
      namespace: 'bank',
      attributes: ['service.name', 'columns', 'host', 'a"b'],
    });
    const stored = makeStoredSpan({
      resource,
      atMs: NOW,
      durationMs: 12.5,
      attributes: ['k', 'v', 'ü', '🌲', 'empty', ''],
      events: '[{"name":"exception"}]',
      statusCode: 2,
      statusMessage: 'no\n\nway',
      request: { httpStatus: 503, rpcStatus: -1, failed: true, path: '/a/b' },
    });
    await writer.write([stored], 100);
    const rows = await test.engine.query(
      `SELECT toUnixTimestamp64Nano(time), duration_ns, lower(hex(span_id)), namespace, endpoint, path, http_status, rpc_status, failed,
         status_message, resource, mapKeys(attributes), mapValues(attributes), events FROM spans WHERE service = 'columns'`,
      {
        time: cell.count,
        duration: cell.count,
        id: cell.text,
        namespace: cell.text,
        endpoint: cell.text,
        path: cell.text,
        http: cell.int,
        rpc: cell.int,
        failed: cell.int,
        message: cell.text,
        resource: cell.text,
        keys: cell.texts,
        values: cell.texts,
        events: cell.text,
      },
    );
    expect(rows).toEqual([
      {
        time: BigInt(NOW) * 1_000_000n,
        duration: 12_500_000n,
        id: Buffer.from(stored.span.spanId).toString('hex'),
        namespace: 'bank',
        endpoint: 'POST /login',
        path: '/a/b',
        http: 503,
        rpc: -1,
        failed: 1,
        message: 'no\n\nway',
        resource: '{"service.name":"columns","host":"a\\"b"}',
        keys: ['k', 'ü', 'empty'],
        values: ['v', '🌲', ''],
        events: '[{"name":"exception"}]',
      },
    ]);
  });

  it('takes hostile text through every door as text', async () => {
    const writer = await SpanWriter.open(test.engine, clock, WRITER);
    const spans = HOSTILE.map((text) =>
      makeStoredSpan({
        resource: makeResource({ service: 'hostile', namespace: text, version: text, attributes: [text, text] }),
        name: text,
        statusMessage: text,
        attributes: [text, text],
        events: text,
        atMs: NOW,
        request: { endpoint: text, path: text, userAgent: text, method: text },
      }),
    );
    await writer.write(spans, 1000);
    expect(await countOf('hostile')).toBe(BigInt(HOSTILE.length));
    for (const text of HOSTILE) {
      const [row] = await test.engine.query(
        `SELECT count() FROM spans WHERE service = 'hostile' AND endpoint = {text:String} AND attributes[{text:String}] = {text:String}
           AND name = {text:String} AND events = {text:String} AND namespace = {text:String}`,
        { n: cell.count },
        { text },
      );
      expect(row?.n, JSON.stringify(text).slice(0, 60)).toBe(1n);
    }
  });

  it('writes blocks of any shape: many rows, many distinct texts, none with attributes', async () => {
    const writer = await SpanWriter.open(test.engine, clock, { ...WRITER, flushRows: 100_000 });
    const resource = makeResource({ service: 'shapes' });
    const many = Array.from({ length: 70_000 }, (_, index) =>
      makeStoredSpan({
        resource,
        name: `n${index}`,
        atMs: NOW - index,
        attributes: index % 3 === 0 ? [`k${index % 300}`, `${index}`] : [],
      }),
    );
    await writer.write(many, 1000);
    expect(await countOf('shapes')).toBe(70_000n);
    const [row] = await test.engine.query(
      `SELECT uniqExact(name), countIf(length(attributes) = 1), uniqExact(mapKeys(attributes)[1]) FROM spans WHERE service = 'shapes'`,
      { names: cell.count, attributed: cell.count, keys: cell.count },
    );
    expect(row).toEqual({ names: 70_000n, attributed: 23_334n, keys: 101n });
  });

  it('stores a repeated payload once, also when the repetition comes after a restart or in the midst of the write', async () => {
    const writer = await SpanWriter.open(test.engine, clock, WRITER);
    const resource = makeResource({ service: 'repeated' });
    const payload = Array.from({ length: 10 }, () => makeStoredSpan({ resource, atMs: NOW }));
    await Promise.all([writer.write(payload, 10), writer.write(payload, 10)]);
    await writer.write(payload, 10);
    const restarted = await SpanWriter.open(test.engine, clock, WRITER);
    await restarted.write(payload, 10);
    expect(await countOf('repeated')).toBe(10n);
    expect(restarted.counters.spansRepeated).toBe(10);
  });

  it('completes a payload of which only a part was stored before a crash', async () => {
    const resource = makeResource({ service: 'partial' });
    const payload = Array.from({ length: 10 }, () => makeStoredSpan({ resource, atMs: NOW }));
    const writer = await SpanWriter.open(test.engine, clock, WRITER);
    await writer.write(payload, 10);
    const lost = Buffer.from(payload[3]?.span.spanId ?? []).toString('hex');
    await test.engine.command(
      'ALTER TABLE spans DELETE WHERE service = {s:String} AND lower(hex(span_id)) = {id:String}',
      {
        s: 'partial',
        id: lost,
      },
    );
    expect(await countOf('partial')).toBe(9n);
    const restarted = await SpanWriter.open(test.engine, clock, WRITER);
    await restarted.write(payload, 10);
    expect(await countOf('partial')).toBe(10n);
    const [row] = await test.engine.query("SELECT any(batch) FROM spans WHERE service = 'partial'", {
      key: cell.count,
    });
    expect((await storedSpanIds(test.engine, row?.key ?? 0n, 0)).has(lost)).toBe(true);
  });

  it('sheds load above its memory with overloaded, and takes more when there is room again', async () => {
    const writer = await SpanWriter.open(test.engine, clock, { ...WRITER, maxPendingBytes: 1000 });
    const span = (): ReturnType<typeof makeStoredSpan> =>
      makeStoredSpan({ resource: makeResource({ service: 'shed' }), atMs: NOW });
    const first = writer.write([span()], 900);
    await expect(writer.write([span()], 200)).rejects.toMatchObject({ code: 'overloaded', retryAfter: 1 });
    await first;
    await writer.write([span()], 200);
    expect(await countOf('shed')).toBe(2n);
  });

  it('writes what waits when it closes, and then takes nothing more', async () => {
    const writer = await SpanWriter.open(test.engine, clock, { ...WRITER, flushIntervalMs: 60_000 });
    const span = makeStoredSpan({ resource: makeResource({ service: 'drained' }), atMs: NOW });
    const waiting = writer.write([span], 10);
    await writer.close();
    await waiting;
    expect(await countOf('drained')).toBe(1n);
    await expect(writer.write([span], 10)).rejects.toMatchObject({ code: 'shutting-down' });
  });

  it('answers a query that needs too much memory or time with an error, and goes on', async () => {
    await expect(
      test.engine.query('SELECT number, count() FROM numbers(3000000000) GROUP BY number', {
        n: cell.count,
        c: cell.count,
      }),
    ).rejects.toMatchObject({ code: 'query-too-heavy' });
    await expect(
      test.engine.query(
        'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)',
        { n: cell.count },
        {},
        { timeoutMs: 1000 },
      ),
    ).rejects.toMatchObject({ code: 'query-too-heavy' });
    const [row] = await test.engine.query('SELECT 1', { one: cell.int });
    expect(row?.one).toBe(1);
  });

  it('gives each write a later ingest time than every write that is settled', async () => {
    const writer = await SpanWriter.open(test.engine, clock, WRITER);
    const before = writer.settledUntil();
    await writer.write([makeStoredSpan({ resource: makeResource({ service: 'order' }), atMs: NOW })], 10);
    const [row] = await test.engine.query(
      "SELECT toUnixTimestamp64Micro(max(ingested_at)) FROM spans WHERE service = 'order'",
      {
        at: cell.count,
      },
    );
    expect(row?.at).toBeGreaterThan(before);
    expect(writer.settledUntil()).toBeGreaterThanOrEqual(row?.at ?? 0n);
  });
});

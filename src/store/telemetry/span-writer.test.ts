import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestChdb, type TestEngine } from '../../../test/factories/clickhouse.ts';
import { engineWith } from '../../../test/factories/engine-with.ts';
import { makeStoredSpan } from '../../../test/factories/spans.ts';
import { ManualClock } from '../../lib/clock.ts';
import { migrateTelemetry } from './migrations/migrate.ts';
import { SpanWriter } from './span-writer.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const OPTIONS = { flushRows: 1000, flushIntervalMs: 1, maxPendingBytes: 100 };

describe('the writer of spans', () => {
  let test: TestEngine;
  const clock = new ManualClock(NOW);
  beforeAll(async () => {
    test = await openTestChdb();
    await migrateTelemetry(test.engine, { cluster: undefined });
  });
  afterAll(() => test.dispose());

  it('asks the store nothing about a payload that it turned away before writing', async () => {
    const asked: string[] = [];
    const engine = engineWith(test.engine, {
      query: (sql, ...rest) => {
        asked.push(sql);
        return test.engine.query(sql, ...rest);
      },
    });
    const writer = await SpanWriter.open(engine, clock, OPTIONS);
    asked.length = 0;
    const refused = [makeStoredSpan({ atMs: NOW })];
    const first = writer.write([makeStoredSpan({ atMs: NOW })], 60);
    await expect(writer.write(refused, 60)).rejects.toMatchObject({ code: 'overloaded' });
    await expect(writer.write(refused, 60)).rejects.toMatchObject({ code: 'overloaded' });
    await first;
    await writer.write(refused, 60);
    expect(asked).toEqual([]);
    expect(writer.counters).toMatchObject({ spansWritten: 2, shed: 2 });
    expect(writer.pendingBytes).toBe(0);
  });

  it('still asks about a payload whose fate is unknown after it was turned away', async () => {
    let failing = true;
    const engine = engineWith(test.engine, {
      insertNative: async (...args) => {
        await test.engine.insertNative(...args);
        if (failing) throw new Error('the answer got lost');
      },
    });
    const writer = await SpanWriter.open(engine, clock, OPTIONS);
    const lost = [makeStoredSpan({ atMs: NOW })];
    await expect(writer.write(lost, 60)).rejects.toMatchObject({ code: 'internal' });
    failing = false;
    const other = writer.write([makeStoredSpan({ atMs: NOW })], 60);
    await expect(writer.write(lost, 60)).rejects.toMatchObject({ code: 'overloaded' });
    await other;
    await writer.write(lost, 60);
    expect(writer.counters).toMatchObject({ spansWritten: 1, spansRepeated: 1, failedWrites: 1 });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothEngines, type TestEngine } from '../../../../test/factories/clickhouse.ts';
import { cell } from './sql-engine.ts';

describeOnBothEngines('a statement', (open) => {
  let test: TestEngine;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.dispose());

  it('has no more rows in its answer than it may', async () => {
    const ask = (maxRows: number) =>
      test.engine.query('SELECT number % 1000 AS n FROM numbers(100000) GROUP BY n', { n: cell.int }, {}, { maxRows });
    expect(await ask(1000)).toHaveLength(1000);
    await expect(ask(100)).rejects.toMatchObject({ code: 'query-too-heavy' });
  });

  it('keeps its limits beside settings of its own', async () => {
    const ask = test.engine.query(
      'SELECT sum(sleepEachRow(0.05)) FROM numbers(200) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 10000000',
      { slept: cell.int },
      {},
      { timeoutMs: 1000 },
    );
    await expect(ask).rejects.toMatchObject({ code: 'query-too-heavy' });
  });
});

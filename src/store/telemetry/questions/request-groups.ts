import { type Grouping, type RequestGroup, TESTS_PER_NUMBER, type TextTest } from '../../../core/sli/request-groups.ts';
import { BoundValues, matchText } from '../condition-sql.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';

/** Milliseconds; `toMs` is excluded. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How many requests of a service and minute are alike. */
export interface CountedGroup extends RequestGroup {
  readonly service: string;
  /** Milliseconds, start of the minute. */
  readonly minuteMs: number;
  /** False for spans that are no requests: they only tell that the service was there. */
  readonly request: boolean;
  readonly count: bigint;
}

function testSql(test: TextTest, values: BoundValues): string {
  const pattern = test.pattern;
  if (test.on === 'path') return matchText('path', pattern, test.ignoreCase, values);
  if (test.on === 'userAgent') return matchText('user_agent', pattern, test.ignoreCase, values);
  const key = values.bind('String', test.key);
  return test.on === 'attribute'
    ? `mapContains(attributes, ${key}) AND ${matchText(`attributes[${key}]`, pattern, test.ignoreCase, values)}`
    : `JSONHas(resource, ${key}) AND ${matchText(`JSONExtractString(resource, ${key})`, pattern, test.ignoreCase, values)}`;
}

/** Groups that one answer may have: each costs half a kilobyte on its way into memory. */
const MAX_GROUPS = 400_000;

/** Which tests matched, as numbers of 52 bits each. */
function matchedSql(tests: readonly TextTest[], values: BoundValues): string {
  const words: string[] = [];
  for (let start = 0; start < tests.length; start += TESTS_PER_NUMBER) {
    const word = tests.slice(start, start + TESTS_PER_NUMBER);
    words.push(word.map((test, bit) => `toUInt64(${testSql(test, values)}) * ${2 ** bit}`).join(' + '));
  }
  return words.length === 0 ? '[toUInt64(0)]' : `[${words.join(', ')}]`;
}

/**
 * Groups the spans of services in the given times so that conditions can be judged per group instead of per span.
 * The statement has the same shape whatever the objectives are: planning it costs the same for one as for a thousand.
 * @throws VerdantError `query-too-heavy` when there is too much to read or too many groups: ask for fewer minutes
 */
export async function groupRequests(
  engine: SqlEngine,
  services: readonly string[],
  ranges: readonly TimeRange[],
  grouping: Grouping,
): Promise<CountedGroup[]> {
  const values = new BoundValues();
  const times = ranges.map(({ fromMs, toMs }) => {
    const from = values.bind('Int64', fromMs);
    const to = values.bind('Int64', toMs);
    return `(time >= fromUnixTimestamp64Milli(${from}, 'UTC') AND time < fromUnixTimestamp64Milli(${to}, 'UTC'))`;
  });
  const rows = await engine.query(
    `SELECT service, toUnixTimestamp(toStartOfMinute(toDateTime(time, 'UTC'))) AS minute, request, namespace, endpoint, method,
       http_status, rpc_status, failed,
       if(request = 1, roundDown(duration_ns, ${values.bind('Array(UInt64)', grouping.thresholds.map(Number))}), 0) AS floor,
       if(request = 1, ${matchedSql(grouping.tests, values)}, []) AS matched, count()
     FROM spans
     WHERE service IN ${values.bind('Array(String)', services)} AND (${times.join(' OR ')})
     GROUP BY service, minute, request, namespace, endpoint, method, http_status, rpc_status, failed, floor, matched`,
    {
      service: cell.text,
      minute: cell.int,
      request: cell.int,
      namespace: cell.text,
      endpoint: cell.text,
      method: cell.text,
      httpStatus: cell.int,
      rpcStatus: cell.int,
      failed: cell.int,
      durationNs: cell.count,
      matched: cell.ints,
      count: cell.count,
    },
    values.params,
    { lane: 'evaluate', maxRows: MAX_GROUPS },
  );
  return rows.map(({ minute, request, failed, ...group }) => ({
    ...group,
    minuteMs: minute * 1000,
    request: request === 1,
    failed: failed === 1,
  }));
}

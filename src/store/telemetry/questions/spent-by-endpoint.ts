import type { RequestPlan } from '../../../core/sli/request-plan.ts';
import { BoundValues, conditionSql } from '../condition-sql.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';
import type { TimeRange } from './request-groups.ts';

/** Valid and bad events of one endpoint. */
export interface EndpointCount {
  readonly endpoint: string;
  readonly valid: bigint;
  readonly bad: bigint;
  /** Bad events of all endpoints together, also of those beyond the list. */
  readonly allBad: bigint;
}

const MOST = 50;

/** Which endpoints spent the budget of an objective, read from the spans themselves; most bad events first. */
export async function spentByEndpoint(
  engine: SqlEngine,
  plan: RequestPlan,
  range: TimeRange,
): Promise<EndpointCount[]> {
  const values = new BoundValues();
  const namespace = plan.namespace === undefined ? '1' : `namespace = ${values.bind('String', plan.namespace)}`;
  const good = conditionSql(plan.good, values);
  const valid = conditionSql(plan.valid, values);
  return engine.query(
    `SELECT endpoint, count() AS valid, countIf(NOT ${good}) AS bad, sum(bad) OVER () AS all_bad FROM spans
     WHERE service = ${values.bind('String', plan.service)} AND request = 1 AND ${namespace} AND ${valid}
       AND time >= fromUnixTimestamp64Milli(${values.bind('Int64', range.fromMs)}, 'UTC')
       AND time < fromUnixTimestamp64Milli(${values.bind('Int64', range.toMs)}, 'UTC')
     GROUP BY endpoint ORDER BY bad DESC, valid DESC, endpoint LIMIT ${MOST}`,
    { endpoint: cell.text, valid: cell.count, bad: cell.count, allBad: cell.count },
    values.params,
  );
}

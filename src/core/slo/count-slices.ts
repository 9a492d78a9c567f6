import { compileForGroups, type Grouping, type GroupTest, type RequestGroup } from '../sli/request-groups.ts';
import type { RequestPlan } from '../sli/request-plan.ts';

/** An objective to be counted, as the ledger names it. */
export interface CountedObjective {
  readonly id: number;
  readonly version: number;
  readonly plan: RequestPlan;
}

/** One minute of one objective. A slice with no valid event says that the service was there and idle. */
export interface MinuteSlice {
  readonly objective: number;
  readonly version: number;
  /** Milliseconds, start of the minute. */
  readonly minuteMs: number;
  readonly good: bigint;
  readonly valid: bigint;
}

interface CountableGroup extends RequestGroup {
  readonly service: string;
  readonly minuteMs: number;
  readonly request: boolean;
  readonly count: bigint;
}

interface Tally {
  good: bigint;
  valid: bigint;
}

interface Judge {
  readonly objective: CountedObjective;
  readonly valid: GroupTest;
  readonly good: GroupTest;
  readonly minutes: Map<number, Tally>;
}

/** Counts good and valid events per objective and minute from groups of requests. */
export function countSlices(
  objectives: readonly CountedObjective[],
  grouping: Grouping,
  groups: readonly CountableGroup[],
): MinuteSlice[] {
  const judges = new Map<string, Judge[]>();
  for (const objective of objectives) {
    const judge = {
      objective,
      valid: compileForGroups(objective.plan.valid, grouping),
      good: compileForGroups(objective.plan.good, grouping),
      minutes: new Map<number, Tally>(),
    };
    const ofService = judges.get(objective.plan.service);
    if (ofService === undefined) judges.set(objective.plan.service, [judge]);
    else ofService.push(judge);
  }
  for (const group of groups) {
    for (const judge of judges.get(group.service) ?? []) countGroup(judge, group);
  }
  return [...judges.values()].flat().flatMap(slicesOf);
}

function countGroup(judge: Judge, group: CountableGroup): void {
  const { namespace } = judge.objective.plan;
  if (namespace !== undefined && namespace !== group.namespace) return;
  let tally = judge.minutes.get(group.minuteMs);
  if (tally === undefined) {
    tally = { good: 0n, valid: 0n };
    judge.minutes.set(group.minuteMs, tally);
  }
  if (!group.request || !judge.valid(group)) return;
  tally.valid += group.count;
  if (judge.good(group)) tally.good += group.count;
}

function slicesOf({ objective, minutes }: Judge): MinuteSlice[] {
  return [...minutes].map(([minuteMs, { good, valid }]) => ({
    objective: objective.id,
    version: objective.version,
    minuteMs,
    good,
    valid,
  }));
}

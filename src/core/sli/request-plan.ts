import type { Condition } from './condition.ts';

/** How good and valid events are counted from requests: no SQL, just what is asked. */
export interface RequestPlan {
  readonly service: string;
  /** Undefined: any namespace. */
  readonly namespace: string | undefined;
  readonly valid: Condition;
  /** Judged among the valid ones only. */
  readonly good: Condition;
}

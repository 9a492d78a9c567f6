import type { IndicatorDefinition } from '../../contract/definitions/objective.ts';
import type { RequestPlan } from './request-plan.ts';

export type KindName = IndicatorDefinition['kind'];

/** The definition of an indicator by its kind. */
export type IndicatorOf<K extends KindName> = { [P in K]: Extract<IndicatorDefinition, { kind: P }> }[K];

/** What an indicator kind is: one folder each, listed in the registry. */
export interface IndicatorKind<K extends KindName> {
  readonly kind: K;
  /** How good and valid events are counted. */
  plan(indicator: IndicatorOf<K>): RequestPlan;
  /** The indicator in a sentence without full stop. */
  sentence(indicator: IndicatorOf<K>): string;
}

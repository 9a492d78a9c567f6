import type { IndicatorDefinition } from '../../contract/definitions/objective.ts';
import type { IndicatorOf, KindName } from './indicator-kind.ts';
import { indicatorKinds } from './indicator-registry.ts';
import type { RequestPlan } from './request-plan.ts';

const planFor = <K extends KindName>(kind: K, indicator: IndicatorOf<K>): RequestPlan =>
  indicatorKinds[kind].plan(indicator);

/** How an indicator is counted. The definition was checked before: it holds no text that cannot be read. */
export const planOf = (indicator: IndicatorDefinition): RequestPlan => planFor(indicator.kind, indicator);

import type { IndicatorDefinition } from '../../contract/definitions/objective.ts';
import type { IndicatorOf, KindName } from './indicator-kind.ts';
import { indicatorKinds } from './indicator-registry.ts';

const sentenceFor = <K extends KindName>(kind: K, indicator: IndicatorOf<K>): string =>
  indicatorKinds[kind].sentence(indicator);

/** An indicator in a sentence: "Share of requests of authentication POST /login that do not fail". */
export const indicatorText = (indicator: IndicatorDefinition): string => sentenceFor(indicator.kind, indicator);

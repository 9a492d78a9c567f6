import type { IndicatorKind, KindName } from './indicator-kind.ts';
import { requestAvailability } from './request-availability/request-availability.ts';
import { requestLatency } from './request-latency/request-latency.ts';

/** Every kind of indicator; the type asks for each kind of the contract. */
export const indicatorKinds: { readonly [K in KindName]: IndicatorKind<K> } = {
  'request-availability': requestAvailability,
  'request-latency': requestLatency,
};

import type { Config } from '../contract/config.ts';
import type { EndpointCap } from '../core/telemetry/endpoint-cap.ts';
import type { Clock } from '../lib/clock.ts';
import type { CatalogDb } from '../store/catalog/catalog-db.ts';
import type { TelemetryStore } from '../store/telemetry/open-telemetry-store.ts';
import type { EvaluationState } from './evaluation/evaluation-state.ts';
import type { LiveBus } from './live-bus.ts';
import type { ObjectiveBook } from './objective/objective-book.ts';

/** What every use case works on; built once at boot. */
export interface VerdantContext {
  readonly config: Config;
  readonly clock: Clock;
  readonly catalog: CatalogDb;
  readonly telemetry: TelemetryStore;
  readonly objectives: ObjectiveBook;
  readonly evaluation: EvaluationState;
  readonly endpoints: EndpointCap;
  readonly live: LiveBus;
}

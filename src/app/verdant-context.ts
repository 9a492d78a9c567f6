import type { Config } from '../contract/config.ts';
import type { EndpointCap } from '../core/telemetry/endpoint-cap.ts';
import type { Remembered } from '../lib/remembered.ts';
import type { TelemetryStore } from '../store/telemetry/open-telemetry-store.ts';
import type { ServiceLife } from '../store/telemetry/questions/services.ts';
import type { AccessContext } from './context.ts';
import type { EvaluationState } from './evaluation/evaluation-state.ts';
import type { LiveBus } from './live-bus.ts';
import type { ObjectiveBook } from './objective/objective-book.ts';
import type { IngestCounters } from './telemetry/ingest-counters.ts';

/** What every use case works on; built once at boot. */
export interface VerdantContext extends Omit<AccessContext, 'actor'> {
  readonly config: Config;
  readonly telemetry: TelemetryStore;
  readonly objectives: ObjectiveBook;
  readonly evaluation: EvaluationState;
  readonly endpoints: EndpointCap;
  readonly ingest: IngestCounters;
  readonly live: LiveBus;
  readonly serviceLives: Remembered<ServiceLife[]>;
}

/** The context of someone who does something. */
export type ActingContext = VerdantContext & Pick<AccessContext, 'actor'>;

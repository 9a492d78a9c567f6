import { displayName } from '../../core/telemetry/clean-name.ts';
import type { AttributePairs, SpanResource } from '../../core/telemetry/span.ts';

/** The name that OpenTelemetry gives a service that does not name itself. */
const UNKNOWN_SERVICE = 'unknown_service';

/**
 * Reads what a resource says about itself, with names fit for lists and columns; the attributes stay as they came.
 * `deployment.environment` is the older name of `deployment.environment.name`.
 */
export function spanResource(attributes: AttributePairs): SpanResource {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < attributes.length; index += 2) {
    found.set(attributes[index] ?? '', attributes[index + 1] ?? '');
  }
  const named = (key: string) => displayName(found.get(key) ?? '');
  return {
    service: named('service.name') || UNKNOWN_SERVICE,
    namespace: named('service.namespace'),
    version: named('service.version'),
    environment: named('deployment.environment.name') || named('deployment.environment'),
    attributes,
  };
}

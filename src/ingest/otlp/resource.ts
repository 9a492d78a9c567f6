import type { AttributePairs, SpanResource } from '../../core/telemetry/span.ts';

/** The name that OpenTelemetry gives a service that does not name itself. */
const UNKNOWN_SERVICE = 'unknown_service';

/** Reads what a resource says about itself. `deployment.environment` is the older name of `deployment.environment.name`. */
export function spanResource(attributes: AttributePairs): SpanResource {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < attributes.length; index += 2) {
    found.set(attributes[index] ?? '', attributes[index + 1] ?? '');
  }
  return {
    service: found.get('service.name') || UNKNOWN_SERVICE,
    namespace: found.get('service.namespace') ?? '',
    version: found.get('service.version') ?? '',
    environment: found.get('deployment.environment.name') || (found.get('deployment.environment') ?? ''),
    attributes,
  };
}

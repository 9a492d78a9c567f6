import { resourceAttributes, type ServiceName } from '../bank/services.ts';
import type { DemoEnvironment } from './environment.ts';

/** What a service's environment says to the official OpenTelemetry packages: no line of code of the service knows. */
export function telemetryEnvironment(service: ServiceName, demo: DemoEnvironment): Record<string, string> {
  return {
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: resourceAttributes(service),
    OTEL_EXPORTER_OTLP_ENDPOINT: demo.VERDANT_URL,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${encodeURIComponent(`Bearer ${demo.VERDANT_INGEST_TOKEN}`)}`,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,express,pg',
    // Not those of clouds: they would ask for machines that a laptop does not have.
    OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,serviceinstance',
    OTEL_BSP_SCHEDULE_DELAY: '1000',
    OTEL_SEMCONV_STABILITY_OPT_IN: 'http',
  };
}

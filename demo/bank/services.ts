export const serviceNames = ['gateway', 'authentication', 'accounts', 'payments'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Releases that run now. */
export const serviceVersions: Readonly<Record<ServiceName, string>> = {
  gateway: '4.11.0',
  authentication: '3.6.2',
  accounts: '2.8.1',
  payments: '5.2.0',
};

export const environmentName = 'production';
export const namespace = 'bank';

/** Attributes that a service's resource carries beside its name, as `OTEL_RESOURCE_ATTRIBUTES` takes them. */
export function resourceAttributes(service: ServiceName): string {
  return [
    `service.namespace=${namespace}`,
    `service.version=${serviceVersions[service]}`,
    `deployment.environment.name=${environmentName}`,
  ].join(',');
}

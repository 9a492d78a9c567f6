import { createHash } from 'node:crypto';
import os from 'node:os';
import { environmentName, namespace } from '../bank/services.ts';
import type { Attributes } from './encode.ts';
import type { ServerSpan } from './server-span.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A stable identifier with the looks of a UUID. */
function instanceId(text: string): string {
  const hex = sha(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The resource that a span of the history came from: that of the live service, with a mark that nobody can miss. */
export function historyResource(span: ServerSpan): Attributes {
  return {
    'service.name': span.service,
    'service.namespace': namespace,
    'service.version': span.version,
    'service.instance.id': instanceId(`${span.service} ${span.version}`),
    'deployment.environment.name': environmentName,
    'host.name': os.hostname(),
    'os.type': os.platform(),
    'verdant.demo.generated': true,
  };
}

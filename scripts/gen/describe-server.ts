import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { configSchema } from '../../src/contract/config.ts';
import { VERSION } from '../../src/contract/version.ts';
import { bootVerdant } from '../../src/main/boot.ts';

/** Starts a server on an empty directory and answers how it describes its API, as formatted JSON. */
export async function describeServer(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'verdant-openapi-'));
  const config = configSchema.parse({ data, port: 0, otlpHttpPort: 0 });
  try {
    const verdant = await bootVerdant({ config, version: VERSION, logger: pino({ level: 'silent' }) });
    try {
      const answer = await fetch(`${verdant.url}/api/v1/openapi.json`);
      return `${JSON.stringify(await answer.json(), null, 2)}\n`;
    } finally {
      await verdant.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

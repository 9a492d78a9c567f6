import os from 'node:os';
import { z } from 'zod';
import { localZoneOffsetMs } from './bank/day-shape.ts';
import { historyPlanSchema } from './history/plan.ts';
import { sendSpans } from './history/send.ts';
import { writeHistory } from './history/write-history.ts';
import { tieToSupervisor } from './services/tether.ts';
import { readJsonFile, writeJsonFile } from './supervisor/json-file.ts';

const SEED = 20_260;

const environment = z
  .object({ VERDANT_URL: z.url(), VERDANT_INGEST_TOKEN: z.string(), HISTORY_FILE: z.string() })
  .parse(process.env);

/** Writes the part of the past that is missing, then ends. */
async function main(): Promise<void> {
  const line = tieToSupervisor({ onStop: () => process.exit(0) });
  // The past can wait: live requests and the pages that people look at come first.
  os.setPriority(os.constants.priority.PRIORITY_LOW);
  const plan = historyPlanSchema.parse(readJsonFile(environment.HISTORY_FILE));
  const startedAt = Date.now();
  const written = await writeHistory(plan, {
    seed: SEED,
    zoneOffsetMs: localZoneOffsetMs,
    send: (payload) => sendSpans({ url: environment.VERDANT_URL, token: environment.VERDANT_INGEST_TOKEN }, payload),
    onProgress: (left, progress) => {
      writeJsonFile(environment.HISTORY_FILE, left);
      line.report({ type: 'history', progress });
    },
  });
  line.report({ type: 'history', progress: 1 });
  process.stdout.write(`${written} spans in ${Date.now() - startedAt} ms\n`);
  setImmediate(() => process.exit(0));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

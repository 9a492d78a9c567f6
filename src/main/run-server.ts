import pino from 'pino';
import type { Config } from '../contract/config.ts';
import { VERSION } from '../contract/version.ts';
import { bootVerdant, type RunningVerdant } from './boot.ts';
import { DemoBank } from './demo-bank.ts';
import { openBrowser } from './open-browser.ts';
import { readConfig } from './read-config.ts';

export interface RunOptions {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly configFile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly demo: boolean;
  /** Writes a line for people. */
  readonly say: (line: string) => void;
}

/** Ends the process when stopping takes longer: whatever it waits for is lost already. */
const STOP_LIMIT_MS = 20_000;

/**
 * Runs the platform in this process until a signal ends it.
 * @throws VerdantError when it cannot start
 */
export async function runServer(options: RunOptions): Promise<void> {
  const config = await readConfig({ flags: options.flags, env: options.env, file: options.configFile });
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const bank = options.demo ? new DemoBank() : undefined;
  options.say(`Verdant ${VERSION} starts on ${config.data} …`);
  const verdant = await bootVerdant({
    config,
    version: VERSION,
    logger,
    ...(bank === undefined ? {} : { demo: () => bank.control() }),
  });
  const stopped = untilStopped(verdant, bank, options.say);
  await welcome(verdant, config, options);
  if (bank !== undefined) await startBank(bank, verdant, config, logger, options.say);
  await stopped;
}

async function startBank(
  bank: DemoBank,
  verdant: RunningVerdant,
  config: Config,
  logger: pino.Logger,
  say: RunOptions['say'],
): Promise<void> {
  const { adminToken, ingestToken } = verdant;
  if (adminToken === undefined || ingestToken === undefined) {
    say('The demo bank stays off: the admin token or the ingest token of the data directory was taken away.');
    return;
  }
  let told = 0;
  await bank.start({
    dataDirectory: config.data,
    url: verdant.url,
    token: adminToken,
    ingestToken,
    logger,
    onHistory: (progress) => {
      const tenth = Math.floor(progress * 10);
      if (tenth <= told) return;
      told = tenth;
      say(
        tenth === 10
          ? 'The history of the demo bank is written.'
          : `Writing the history of the demo bank: ${tenth * 10} %`,
      );
    },
  });
}

async function welcome(verdant: RunningVerdant, config: Config, options: RunOptions): Promise<void> {
  const link = await verdant.signInLink();
  const { say } = options;
  const otlp = verdant.otlpUrl ?? verdant.url;
  say('');
  say(`  Sign in (works once, for 15 minutes)   ${link}`);
  say(`  Send OpenTelemetry traces to           ${otlp}`);
  if (options.demo && verdant.ingestToken !== undefined) {
    say(`  with OTEL_EXPORTER_OTLP_HEADERS        authorization=Bearer%20${verdant.ingestToken}`);
  }
  say('  Another link: npx verdant sign-in      Stop: Ctrl+C');
  say('');
  if (config.open && process.stdout.isTTY === true && options.env.CI === undefined) openBrowser(link);
}

/** Resolves when a signal came and everything is written and closed; a second signal ends at once. */
function untilStopped(verdant: RunningVerdant, bank: DemoBank | undefined, say: RunOptions['say']): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(1);
      stopping = true;
      say('Stopping: writing what has arrived …');
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      Promise.resolve(bank?.stop())
        .then(() => verdant.stop())
        .then(resolve, () => process.exit(1));
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

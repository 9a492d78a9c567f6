import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoMessage } from '../src/contract/api/demo.ts';
import { systemClock } from '../src/lib/clock.ts';
import { applyObjectives } from './supervisor/apply-objectives.ts';
import { Bank } from './supervisor/bank.ts';
import { serveControlApi } from './supervisor/control-api.ts';
import { type DemoEnvironment, demoEnvironmentSchema, machineEnvironment } from './supervisor/environment.ts';
import { FaultBoard } from './supervisor/fault-board.ts';
import { HistoryKeeper } from './supervisor/history-keeper.ts';
import { writeJsonFile } from './supervisor/json-file.ts';
import { LogFile } from './supervisor/log-file.ts';
import { ProcessKeeper } from './supervisor/process-keeper.ts';

const NOTE_LIVE_EVERY_MS = 10_000;
const CHECK_FAULTS_EVERY_MS = 5000;
const APPLY_AGAIN_MS = 1000;

const tellParent = (message: DemoMessage): void => {
  if (process.connected) process.send?.(message);
};

function historyProcess(demo: DemoEnvironment, folder: string, historyFile: string): ProcessKeeper {
  return new ProcessKeeper({
    name: 'history',
    isTask: true,
    file: path.join(folder, 'history.cjs'),
    execArgv: ['--max-old-space-size=256'],
    environment: () => ({
      ...machineEnvironment(),
      VERDANT_URL: demo.VERDANT_URL,
      VERDANT_INGEST_TOKEN: demo.VERDANT_INGEST_TOKEN,
      HISTORY_FILE: historyFile,
    }),
    log: new LogFile(path.join(demo.VERDANT_DEMO_STATE, 'history.log')),
    onReport: (report) => {
      if (report.type === 'history') tellParent(report);
    },
  });
}

/** Verdant may still be starting, so this is tried until it works. */
async function keepApplying(demo: DemoEnvironment, folder: string, log: LogFile): Promise<void> {
  for (;;) {
    try {
      const names = await applyObjectives({
        verdantUrl: demo.VERDANT_URL,
        token: demo.VERDANT_TOKEN,
        folder: path.join(folder, 'objectives'),
        stateFile: path.join(demo.VERDANT_DEMO_STATE, 'objectives.json'),
      });
      log.note(`applied ${names.length} objectives`);
      return;
    } catch (error) {
      log.note(`objectives not applied yet: ${String(error)}`);
      await sleep(APPLY_AGAIN_MS);
    }
  }
}

async function main(): Promise<void> {
  const demo = demoEnvironmentSchema.parse(process.env);
  const entry = path.resolve(process.argv[1] ?? '');
  const folder = path.dirname(entry);
  const inState = (name: string): string => path.join(demo.VERDANT_DEMO_STATE, name);
  mkdirSync(demo.VERDANT_DEMO_STATE, { recursive: true });
  const log = new LogFile(inState('supervisor.log'));

  const board = new FaultBoard(systemClock, (name, active) => {
    log.note(`${name} ${active ? 'begins' : 'ends'}`);
    bank.switchFault(name, active).catch((error: unknown) => log.note(String(error)));
  });
  const bank = new Bank(demo, entry, () => board.active());
  const writer = historyProcess(demo, folder, inState('history.json'));
  const history = new HistoryKeeper({
    clock: systemClock,
    days: demo.VERDANT_DEMO_HISTORY_DAYS,
    historyFile: inState('history.json'),
    liveFile: inState('live.json'),
    process: writer,
  });
  const control = await serveControlApi(demo.VERDANT_DEMO_SECRET, board);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    control.server.close();
    Promise.all([bank.stop(), writer.stop()]).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);

  tellParent({ type: 'ready', controlUrl: control.url });
  history.start();
  void keepApplying(demo, folder, log);
  await bank.start();
  writeJsonFile(inState('processes.json'), { supervisor: process.pid, ...bank.pids() });
  setInterval(() => history.noteLive(), NOTE_LIVE_EVERY_MS);
  setInterval(() => board.endOverdue(), CHECK_FAULTS_EVERY_MS);
}

main().catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

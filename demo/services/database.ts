import { fork } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { databaseSchema } from './database-schema.ts';
import { createSickness } from './database-sickness.ts';
import { tieToSupervisor } from './tether.ts';

const HOST = '127.0.0.1';
const FOLDER = process.env.BANK_DATABASE_FOLDER ?? '';
const MARK = path.join(FOLDER, 'filled');
const FILL = '--fill';

// Measured: RSS 742 MB by default; 116 MB with small buffers, the baseline compiler only and a folder filled before.
setFlagsFromString('--liftoff-only');

const open = (): PGlite => new PGlite({ dataDir: FOLDER, postgresqlconf: ['shared_buffers=4MB'] });

/** Makes the folder of the database from nothing. What PostgreSQL's initdb took in memory goes with the process. */
async function fill(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const db = open();
  await db.exec(databaseSchema);
  await db.close();
  writeFileSync(MARK, '');
}

function fillInOtherProcess(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', [FILL]);
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`filling ended with exit code ${code}`))));
  });
}

async function openFilled(): Promise<PGlite> {
  if (!existsSync(MARK)) await fillInOtherProcess();
  const db = open();
  try {
    await db.waitReady;
  } catch (error) {
    // Its content is made up, so a folder that does not open is not worth repairing: the next start fills it anew.
    rmSync(MARK, { force: true });
    throw error;
  }
  return db;
}

/** The accounts database: PostgreSQL in this process, spoken to over its own protocol. */
async function main(): Promise<void> {
  let faultSwitched = (_active: boolean): void => {};
  const line = tieToSupervisor({
    onStop: () => process.exit(0),
    onFault: (name, active) => {
      if (name === 'accounts-db-failing') faultSwitched(active);
    },
  });
  if (process.argv.includes(FILL)) {
    await fill();
    process.exit(0);
  }
  const db = await openFilled();
  const listen = async (port: number): Promise<PGLiteSocketServer> => {
    const server = new PGLiteSocketServer({ db, port, host: HOST, maxConnections: 8 });
    await server.start();
    return server;
  };
  let server = await listen(Number(process.env.PORT ?? 0));
  const port = Number(server.getServerConn().split(':').at(-1));
  const sickness = createSickness({
    hang: (ms) => db.runExclusive(() => new Promise<void>((resolve) => setTimeout(resolve, ms))),
    refuse: () => server.stop(),
    accept: async () => {
      server = await listen(port);
    },
  });
  faultSwitched = (active) => sickness.set(active);
  line.report({ type: 'listening', port });
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});

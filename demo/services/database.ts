import { fork } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
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

/** A port that is free now: the services are told of it while the database is still being filled. */
function reservePort(): Promise<number> {
  const given = Number(process.env.PORT ?? 0);
  if (given !== 0) return Promise.resolve(given);
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
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
  const port = await reservePort();
  line.report({ type: 'listening', port });
  const db = await openFilled();
  const listen = async (): Promise<PGLiteSocketServer> => {
    const server = new PGLiteSocketServer({ db, port, host: HOST, maxConnections: 8 });
    await server.start();
    return server;
  };
  let server = await listen();
  const sickness = createSickness({
    hang: (ms) => db.runExclusive(() => new Promise<void>((resolve) => setTimeout(resolve, ms))),
    refuse: () => server.stop(),
    accept: async () => {
      server = await listen();
    },
  });
  faultSwitched = (active) => sickness.set(active);
  if (line.isFaultActive('accounts-db-failing')) sickness.set(true);
  line.report({ type: 'ready' });
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});

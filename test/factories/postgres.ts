import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const SUPERUSER = 'verdant';

/** A throw-away PostgreSQL for tests, on a Unix socket in a temporary directory. */
export interface PostgresServer {
  /** @returns address of a new, empty database */
  createDatabase(): Promise<string>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** PostgreSQL does not run as root; tests in a container often do. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

const holdsServer = (dir: string): boolean => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres'));

/** Directory of `initdb` and `postgres`: in PATH, where Debian and Homebrew put them, or what pg_config says. */
export function findPostgresBinaries(): string | undefined {
  const inPath = (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '');
  const debian = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql')
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  const found = [...inPath, ...debian, '/opt/homebrew/opt/postgresql/bin', '/usr/local/opt/postgresql/bin'].find(
    holdsServer,
  );
  if (found !== undefined) return found;
  try {
    const dir = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim();
    return holdsServer(dir) ? dir : undefined;
  } catch {
    return undefined;
  }
}

function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (entry === undefined) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** Settings that make a server quick to start and to write; what it holds is thrown away. */
const settings = (socketDir: string): string[] =>
  Object.entries({
    listen_addresses: '',
    unix_socket_directories: socketDir,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '32MB',
    max_connections: '50',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** @throws Error when PostgreSQL is not installed or does not start */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findPostgresBinaries();
  if (binaries === undefined) throw new Error('PostgreSQL is not installed (initdb and postgres were not found)');
  const account = unprivilegedAccount();
  const dir = mkdtempSync(join(tmpdir(), 'verdant-pg-'));
  if (account !== undefined) chownSync(dir, account.uid, account.gid);
  const data = join(dir, 'data');
  await run(
    join(binaries, 'initdb'),
    ['-D', data, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: dir },
  );
  const child = spawn(join(binaries, 'postgres'), ['-D', data, ...settings(dir)], {
    ...account,
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killWithUs = () => child.kill('SIGQUIT');
  process.once('exit', killWithUs);
  const url = (database: string) => `postgres://${SUPERUSER}@localhost/${database}?host=${encodeURIComponent(dir)}`;
  const server: PostgresServer = {
    createDatabase: () => createDatabase(url),
    stop: async () => {
      process.off('exit', killWithUs);
      await stop(child);
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await waitUntilReady(child, url('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

let databases = 0;

async function createDatabase(url: (database: string) => string): Promise<string> {
  databases += 1;
  const name = `test_${databases}`;
  await withClient(url('postgres'), (client) => client.query(`create database ${name}`));
  return url(name);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await withClient(url, (client) => client.query('select 1'));
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start: ${log}`, { cause: error });
      }
      await sleep(30);
    }
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // SIGINT is PostgreSQL's fast shutdown: sessions are cut off.
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

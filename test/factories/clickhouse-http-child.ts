/**
 * A real engine behind ClickHouse's HTTP interface, as far as the official client speaks it: chDB in this process, one
 * request a query. Run as a child: prints its port, ends when its parent goes away.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { drainPending, Session } from 'chdb';

const directory = process.argv[2] ?? '';
await mkdir(join(directory, 'blocks'), { recursive: true });
const idle = Array.from({ length: 6 }, () => new Session(join(directory, 'engine')));
const waiting: ((session: Session) => void)[] = [];

async function withSession<T>(task: (session: Session) => Promise<T>): Promise<T> {
  const session = idle.pop() ?? (await new Promise<Session>((resolve) => waiting.push(resolve)));
  try {
    return await task(session);
  } finally {
    const next = waiting.shift();
    if (next === undefined) idle.push(session);
    else next(session);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Query parameters come in the escaped text of TabSeparated (ClickHouse docs, HTTP interface). */
const unescapeText = (text: string): string =>
  text.replace(/\\([\\'tnrbf0])/g, (_, letter: string) => {
    const plain: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', '0': '\0' };
    return plain[letter] ?? letter;
  });

const NOT_SETTINGS = new Set(['query', 'database', 'default_format', 'query_id', 'session_id', 'role']);

function readUrl(url: URL): { params: Record<string, string>; settings: string[] } {
  const params: Record<string, string> = {};
  const settings: string[] = [];
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_')) params[name.slice(6)] = value.startsWith('[') ? value : unescapeText(value);
    else if (!NOT_SETTINGS.has(name) && /^\w+$/.test(name))
      settings.push(`${name} = '${value.replaceAll("'", "\\'")}'`);
  }
  return { params, settings };
}

async function insertNative(session: Session, sql: string, block: Buffer): Promise<void> {
  const match = /^INSERT INTO (\w+) \(([\w, ]+)\) FORMAT Native\s*$/.exec(sql);
  if (match === null) throw new Error(`Code: 62. DB::Exception: not understood here: ${sql}`);
  const file = join(directory, 'blocks', `${randomUUID()}.native`);
  await writeFile(file, block);
  try {
    await session.queryAsync(`INSERT INTO ${match[1]} (${match[2]}) SELECT ${match[2]} FROM file('${file}', 'Native')`);
  } finally {
    await rm(file, { force: true });
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping') return void response.end('Ok.\n');
  const body = await bodyOf(request);
  const inUrl = url.searchParams.get('query');
  const { params, settings } = readUrl(url);
  const text = (inUrl ?? body.toString('utf8')).trim();
  const format = /\sFORMAT\s+(\w+)\s*$/i.exec(text)?.[1] ?? 'TabSeparated';
  const result = await withSession(async (session) => {
    if (settings.length > 0) await session.queryAsync(`SET ${settings.join(', ')}`);
    if (inUrl !== null && /\sFORMAT\s+Native\s*$/.test(text)) {
      await insertNative(session, text, body);
      return new Uint8Array();
    }
    const sql = text.replace(/\sFORMAT\s+\w+\s*$/i, '');
    return (await session.queryBindAsync(sql, params, { format })).bytes();
  });
  response.setHeader('x-clickhouse-query-id', url.searchParams.get('query_id') ?? '');
  response.end(Buffer.from(result));
}

// ClickHouse takes a URI of 1 MiB (http_max_uri_size).
const server = createServer({ maxHeaderSize: 1_100_000 }, (request, response) => {
  answer(request, response).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    response.statusCode = 500;
    response.setHeader('x-clickhouse-exception-code', /Code: (\d+)/.exec(message)?.[1] ?? '1000');
    response.end(message);
  });
});

async function stop(): Promise<void> {
  server.close();
  for (const session of idle) session.close();
  await drainPending();
  process.exit(0);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());

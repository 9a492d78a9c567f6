import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isFaultName } from '../bank/faults.ts';
import type { FaultBoard } from './fault-board.ts';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const refusal = (status: number, code: string, message: string, fix: string): Answer => ({
  status,
  body: { error: { code, message, fix, details: [] } },
});

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function answerTo(request: IncomingMessage, secret: string, board: FaultBoard): Answer {
  if (!timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${secret}`)))
    return refusal(401, 'unauthenticated', 'This needs the secret of the demo.', 'Switch faults on the demo page.');
  const { method, url } = request;
  if (url === '/faults' && method === 'GET') return { status: 200, body: { faults: board.list() } };
  const name = /^\/faults\/([a-z-]+)$/.exec(url ?? '')?.[1];
  if (name === undefined || !isFaultName(name))
    return refusal(404, 'not-found', 'There is no such fault.', 'GET /faults lists those that there are.');
  if (method === 'POST') {
    board.begin(name);
    return { status: 200, body: board.describe(name) };
  }
  if (method === 'DELETE') {
    board.end(name);
    return { status: 204 };
  }
  return refusal(405, 'method-not-allowed', 'This method is not allowed here.', 'POST begins a fault, DELETE ends it.');
}

function write(response: ServerResponse, answer: Answer): void {
  if (answer.body === undefined) {
    response.writeHead(answer.status).end();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
}

/**
 * Serves the switches of the faults on a free loopback port: `GET /faults`, `POST /faults/{name}`,
 * `DELETE /faults/{name}`, each with `Authorization: Bearer <secret>`.
 */
export function serveControlApi(secret: string, board: FaultBoard): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => write(response, answerTo(request, secret, board)));
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}`, server });
    });
  });
}

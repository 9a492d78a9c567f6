import { createServer, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { decodeExport, type ReceivedSpan } from './received-span.ts';

/** A receiver that keeps what it gets, in place of a whole Verdant. */
export interface OtlpSink {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** `Authorization` headers that came. */
  readonly authorizations: Set<string>;
  /** Bodies of `POST /api/v1/definitions/apply`. */
  readonly applied: string[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** Listens on a free loopback port.
 * @param objectives names that `GET /api/v1/objectives` lists
 */
export async function startOtlpSink(objectives: readonly string[] = []): Promise<OtlpSink> {
  const spans: ReceivedSpan[] = [];
  const authorizations = new Set<string>();
  const applied: string[] = [];
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const body = await readBody(request);
    authorizations.add(request.headers.authorization ?? '');
    if (request.url === '/v1/traces') spans.push(...decodeExport(body));
    if (request.url === '/api/v1/objectives') return { objectives: objectives.map((name) => ({ name })) };
    if (request.url === '/api/v1/definitions/apply') applied.push(body.toString('utf8'));
    return undefined;
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (content) => response.end(content === undefined ? undefined : JSON.stringify(content)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    authorizations,
    applied,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

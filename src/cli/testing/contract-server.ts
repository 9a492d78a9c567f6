import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** `GET /api/v1/me` to a status and a body, or to a body alone with status 200. */
export type Answers = Readonly<Record<string, { readonly status: number; readonly body: unknown }>>;

/** A real HTTP server that answers by a table and remembers what it was asked. */
export interface ContractServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

const unknownRoute = {
  status: 404,
  body: { error: { code: 'not-found', message: 'There is nothing here by this name.', fix: 'Check it.', details: [] } },
};

export async function startContractServer(answers: Answers): Promise<ContractServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '' } = request;
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      seen.push({ method, url, authorization: request.headers.authorization, body });
      const answer = answers[`${method} ${url}`] ?? unknownRoute;
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve, reject) => server.close((error) => (error === undefined ? resolve() : reject(error)))),
  };
}

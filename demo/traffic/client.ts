import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 20_000 });

const TIMEOUT_MS = 10_000;

/** A request from outside the bank. */
export interface OutsideRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly userAgent: string;
  readonly address: string;
  readonly token?: string | undefined;
  readonly body?: string | undefined;
}

/** Sends a request and reads the answer; status 0 stands for no answer, as a phone in a tunnel sees it. */
export function send(outside: OutsideRequest): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const failed = (): void => resolve({ status: 0, body: '' });
    const headers: Record<string, string> = { 'user-agent': outside.userAgent, 'x-forwarded-for': outside.address };
    if (outside.token !== undefined) headers.authorization = `Bearer ${outside.token}`;
    if (outside.body !== undefined) headers['content-type'] = 'application/json';
    const outgoing = request(outside.url, { method: outside.method, headers, agent }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('error', failed);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    outgoing.setTimeout(TIMEOUT_MS, () => outgoing.destroy());
    outgoing.on('error', failed);
    outgoing.end(outside.body);
  });
}

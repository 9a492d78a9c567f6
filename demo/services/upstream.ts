import { Agent, request } from 'node:http';

/** Kept shorter than the services keep idle connections. */
const agent = new Agent({ keepAlive: true, maxSockets: 32, timeout: 20_000 });

const TIMEOUT_MS = 5000;

/** A call to a service behind the gateway. */
export interface UpstreamCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly body: string;
}

/** Calls a service; rejects with the socket's error, or with one of code ETIMEDOUT. */
export function callUpstream(call: UpstreamCall): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(call.url, { method: call.method, headers: call.headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 502, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.setTimeout(TIMEOUT_MS, () => {
      outgoing.destroy(Object.assign(new Error('upstream did not answer in time'), { code: 'ETIMEDOUT' }));
    });
    outgoing.on('error', reject);
    outgoing.end(call.body);
  });
}

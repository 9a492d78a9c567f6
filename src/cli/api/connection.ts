import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';

export const DEFAULT_URL = 'http://127.0.0.1:7070';
export const DEFAULT_DATA = './data';
const TOKEN_FILE = 'admin-token';

export interface ServerOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly data?: string | undefined;
}

export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string | undefined;
  /** Where a token was looked for in vain, for the message when the server asks for one. */
  readonly missingToken: string;
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CliError(`"${text}" is not an address of a server.`, {
      exitCode: ExitCode.usage,
      fix: `Give one such as ${DEFAULT_URL} with --url or VERDANT_URL.`,
    });
  }
  return url;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

async function readToken(path: string): Promise<{ token: string | undefined; reason: string }> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    return { token: token === '' ? undefined : token, reason: `${path} is empty` };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { token: undefined, reason: missing ? `there is no ${path}` : `${path} cannot be read` };
  }
}

/**
 * Where the server is and with which token to ask it. The admin token of the data directory is meant for the server on
 * this machine: it goes to another one only when the directory was named on purpose.
 */
export async function resolveConnection(options: ServerOptions, context: CliContext): Promise<Connection> {
  const url = parseUrl(options.url ?? context.env.VERDANT_URL ?? DEFAULT_URL);
  const address = url.href.replace(/\/+$/, '');
  const token = options.token ?? context.env.VERDANT_TOKEN;
  if (token) return { url: address, token, missingToken: '' };
  const named = options.data ?? context.env.VERDANT_DATA;
  if (named === undefined && !isLoopback(url.hostname)) {
    return { url: address, token: undefined, missingToken: 'neither --token nor VERDANT_TOKEN is set' };
  }
  const path = join(resolve(context.cwd, named ?? DEFAULT_DATA), TOKEN_FILE);
  const file = await readToken(path);
  return {
    url: address,
    token: file.token,
    missingToken: `neither --token nor VERDANT_TOKEN is set, and ${file.reason}`,
  };
}

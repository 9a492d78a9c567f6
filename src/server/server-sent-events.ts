import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;

/** An open stream of server-sent events (WHATWG HTML, section 9.2). */
export interface EventStream {
  /** @returns false when the stream has ended, also by this call because the reader is too slow; it comes back by itself */
  send(event: string, data: object): boolean;
  onClose(listener: () => void): void;
  end(): void;
}

/** A reader that lets this much pile up is cut off: it must not cost memory. */
const MAX_BUFFERED_BYTES = 256 * 1024;

/** Turns a reply into a stream of events with a heartbeat, so that proxies keep it and readers notice when it dies. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  // Between its end and its close a stream takes no more; a write then would be an error that nobody handles.
  const write = (text: string): boolean => {
    if (raw.writableEnded || raw.destroyed) return false;
    raw.write(text);
    return true;
  };
  write('retry: 2000\n\n');
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  raw.on('close', () => clearInterval(heartbeat));
  return {
    send: (event, data) => {
      if (raw.writableLength > MAX_BUFFERED_BYTES) {
        raw.destroy();
        return false;
      }
      return write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (listener) => {
      raw.on('close', listener);
    },
    end: () => {
      raw.end();
    },
  };
}

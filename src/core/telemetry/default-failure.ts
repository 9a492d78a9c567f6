import { SpanStatus } from './span.ts';

/** gRPC codes that are the server's fault (semantic conventions, "gRPC Status", server spans). */
const RPC_FAILURES: ReadonlySet<number> = new Set([
  2, // UNKNOWN
  4, // DEADLINE_EXCEEDED
  12, // UNIMPLEMENTED
  13, // INTERNAL
  14, // UNAVAILABLE
  15, // DATA_LOSS
]);

/**
 * Whether a request failed, when no rule of the user says otherwise. The answer of the protocol wins over the status of
 * the span, because it says whose fault it is: some instrumentations mark every 4xx and every gRPC code but OK as an
 * error, yet a wrong password is no failure of the server. Only where the protocol blames nobody the span decides.
 * @param answer HTTP status or 0, gRPC code or -1, status code of the span
 */
export function failsByDefault(answer: { httpStatus: number; rpcStatus: number; spanStatus: number }): boolean {
  if (answer.httpStatus >= 500 || RPC_FAILURES.has(answer.rpcStatus)) return true;
  if (answer.httpStatus >= 400 || answer.rpcStatus > 0) return false;
  return answer.spanStatus === SpanStatus.error;
}

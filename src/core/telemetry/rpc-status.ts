/** Names of the gRPC codes 0 to 16 (grpc.github.io, "Status codes and their use in gRPC"). */
const NAMES: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Reads a gRPC status written as number or, in newer conventions, as name; -1 when it is neither. */
export function rpcStatusOf(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text) < NAMES.length ? Number(text) : -1;
  return text === '' ? -1 : NAMES.indexOf(text);
}

/** A request as a server saw it: one server or consumer span, named by the endpoint that answered. */
export interface Request {
  /** Such as `POST /login`, `bank.Accounts/Get` or `consume payments`. */
  readonly endpoint: string;
  /** HTTP method in upper case, or empty. */
  readonly method: string;
  /** Path of the URL without query, or empty. */
  readonly path: string;
  readonly userAgent: string;
  /** HTTP status, or 0. */
  readonly httpStatus: number;
  /** gRPC status code, or -1. */
  readonly rpcStatus: number;
  /** By the default meaning of failure. */
  readonly failed: boolean;
}

/** What the exit code of every command says, so that scripts and pipelines can decide. */
export const ExitCode = {
  /** Yes: valid, healthy, done. */
  yes: 0,
  /** No: invalid, violated, refused. */
  no: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** There is no verdict: no data, server not reached, access denied. */
  noVerdict: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export const thousands = (value: number): string => Math.round(value).toLocaleString('en-US').replaceAll(',', ' ');
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Milliseconds with as many digits as are worth reading. */
export const milliseconds = (ms: number): string =>
  ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
export const seconds = (value: number, digits = 2): string => `${value.toFixed(digits)} s`;

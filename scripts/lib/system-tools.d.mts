export interface SystemTool {
  readonly name: string;
  readonly purpose: string;
  readonly packages: readonly string[];
  find(): string | undefined;
}

/** Path of a Chromium, or undefined. */
export function findChromium(): string | undefined;

/** The folder with initdb and postgres, or undefined. */
export function findPostgresBin(): string | undefined;

export const systemTools: readonly SystemTool[];

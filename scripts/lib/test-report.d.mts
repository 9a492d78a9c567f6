export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Verdict {
  readonly ok: boolean;
  readonly line: string;
  readonly reasons: readonly string[];
}

export function readReport(path: string): TestReport | undefined;

export function judge(
  report: TestReport | undefined,
  run: { readonly exitCode: number; readonly ci: boolean },
): Verdict;

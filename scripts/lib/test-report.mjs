/** What a test run says in the end, from vitest's own JSON report. */
import { existsSync, readFileSync } from 'node:fs';

/** @returns the report, or undefined when the runner wrote none */
export function readReport(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A file that failed outside its tests (an import, a hook) counts as one failure. */
const brokenFiles = (report) =>
  report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;

const skippedNames = (report) =>
  report.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  );

/**
 * @param report vitest's JSON report, or undefined
 * @param {{exitCode: number, ci: boolean}} run
 * @returns {{ok: boolean, line: string, reasons: string[]}} the closing line, and why a run without a failed test fails
 */
export function judge(report, { exitCode, ci }) {
  if (report === undefined) {
    return {
      ok: false,
      line: '0 passed, 1 failed',
      reasons: [`The test runner ended with ${exitCode} and no report.`],
    };
  }
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + brokenFiles(report);
  const skipped = skippedNames(report);
  const reasons = [];
  if (passed + failed === 0) reasons.push('No test ran.');
  else if (failed === 0 && exitCode !== 0) reasons.push(`No test failed, but the test runner ended with ${exitCode}.`);
  if (ci && skipped.length > 0) reasons.push(`In CI nothing is skipped, but these were:\n  ${skipped.join('\n  ')}`);
  const line = `${passed} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;
  return { ok: failed === 0 && reasons.length === 0, line, reasons };
}

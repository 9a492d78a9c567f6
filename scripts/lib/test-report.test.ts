import { describe, expect, it } from 'vitest';
import { judge, type TestReport } from './test-report.mjs';

const test = (status: string) => ({ status, fullName: `a ${status} test` });

function report(...files: string[][]): TestReport {
  const testResults = files.map((statuses) => ({
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map(test),
  }));
  const count = (status: string) => files.flat().filter((one) => one === status).length;
  return { numPassedTests: count('passed'), numFailedTests: count('failed'), testResults };
}

const fine = { exitCode: 0, ci: false };

describe('the closing line of a test run', () => {
  it('counts what passed and failed, and names skipped ones only when there are some', () => {
    expect(judge(report(['passed', 'passed']), fine)).toEqual({ ok: true, line: '2 passed, 0 failed', reasons: [] });
    expect(judge(report(['passed', 'failed']), { exitCode: 1, ci: false }).line).toBe('1 passed, 1 failed');
    expect(judge(report(['passed', 'skipped'], ['todo']), fine).line).toBe('1 passed, 0 failed, 2 skipped');
  });

  it('lets a skipped test pass on a laptop, and never in CI', () => {
    expect(judge(report(['passed', 'skipped']), fine).ok).toBe(true);
    const inCi = judge(report(['passed', 'skipped']), { exitCode: 0, ci: true });
    expect(inCi.ok).toBe(false);
    expect(inCi.reasons[0]).toContain('a skipped test');
  });

  it('counts a file that failed outside its tests', () => {
    const broken = { ...report(['passed']), testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(judge(broken, { exitCode: 1, ci: false })).toMatchObject({ ok: false, line: '1 passed, 1 failed' });
  });

  it('fails when no test ran, when the runner crashed, and when it left no report', () => {
    expect(judge(report([]), fine)).toMatchObject({ ok: false, reasons: ['No test ran.'] });
    expect(judge(report(['passed']), { exitCode: 1, ci: false }).ok).toBe(false);
    expect(judge(undefined, fine)).toMatchObject({ ok: false, line: '0 passed, 1 failed' });
  });
});

import { parseDuration } from '../../lib/duration.ts';
import { parseShare } from '../../lib/share.ts';
import { type Finding, valueAt } from './finding.ts';

/**
 * What a schema cannot say, because it lies between fields. Reads the document as it came, so that these mistakes show
 * even beside others.
 */
export function checkDocument(data: unknown): Finding[] {
  return [...checkWarning(data), ...checkWindows(data), ...checkFailure(data)];
}

const shareAt = (data: unknown, path: readonly string[]): number | undefined => {
  const value = valueAt(data, path);
  return typeof value === 'string' || typeof value === 'number' ? parseShare(String(value)) : undefined;
};

function checkWarning(data: unknown): Finding[] {
  const target = shareAt(data, ['spec', 'target']);
  const path = ['spec', 'warning'];
  const warning = shareAt(data, path);
  if (target === undefined || warning === undefined || warning > target) return [];
  return [
    {
      path,
      at: 'value',
      message: `warning ${valueAt(data, path)} is not above the target ${valueAt(data, ['spec', 'target'])}`,
      expected: 'a share above the target: the objective warns while it is still met',
    },
  ];
}

function checkWindows(data: unknown): Finding[] {
  const windows = valueAt(data, ['spec', 'windows']);
  if (!Array.isArray(windows)) return [];
  const seen = new Map<number, string>();
  return windows.flatMap((text: unknown, index): Finding[] => {
    const length = typeof text === 'string' ? parseDuration(text) : undefined;
    if (typeof text !== 'string' || length === undefined) return [];
    const first = seen.get(length);
    seen.set(length, first ?? text);
    if (first === undefined) return [];
    const message = text === first ? `${text} stands here twice` : `${text} is as long as ${first}`;
    return [{ path: ['spec', 'windows', index], at: 'value', message, expected: 'each length once' }];
  });
}

/** The schema says so too, but only once the rest of the indicator is right: hence the same words. */
function checkFailure(data: unknown): Finding[] {
  const path = ['spec', 'indicator'];
  if (valueAt(data, [...path, 'good']) === undefined || valueAt(data, [...path, 'failure']) === undefined) return [];
  if (valueAt(data, [...path, 'kind']) !== 'request-availability') return [];
  return [{ path, at: 'value', message: 'indicator must have either good or failure, not both' }];
}

import type { BoardItem } from './group-rows.ts';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** The objective that a key leads to, past the heads of groups; undefined when it leads nowhere. */
export function nextRow(items: readonly BoardItem[], from: number, key: string): number | undefined {
  const step = steps[key];
  if (step === undefined || from < 0) return undefined;
  let index = from + step;
  while (items[index]?.kind === 'group') index += step;
  return items[index] === undefined ? undefined : index;
}

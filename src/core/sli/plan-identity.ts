import type { Condition } from './condition.ts';
import { lowerAscii } from './pattern.ts';
import type { RequestPlan } from './request-plan.ts';

/**
 * A text that is the same for plans of the same meaning: order, repetition and nesting of tests do not show in it.
 * Two plans may still count alike and differ here; they are then counted anew, which costs time and harms nothing.
 */
export function planIdentity(plan: RequestPlan): string {
  return JSON.stringify([plan.service, plan.namespace ?? null, identityOf(plan.valid), identityOf(plan.good)]);
}

const sortedOnce = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function identityOf(condition: Condition): string {
  switch (condition.op) {
    case 'all':
    case 'any':
      return joined(condition.op, condition.of);
    case 'not':
      return negated(condition.of);
    case 'failed':
      return JSON.stringify(['failed', condition.is]);
    case 'rpc-status':
      return JSON.stringify(['rpc-status', sortedOnce(condition.codes.map(String))]);
    case 'between':
      return JSON.stringify(['between', condition.field, sortedOnce(condition.ranges.map(String))]);
    case 'duration':
      return JSON.stringify(['duration', String(condition.under ?? ''), String(condition.atLeast ?? '')]);
    case 'like': {
      const { field, patterns, ignoreCase } = condition;
      return JSON.stringify(['like', field, ignoreCase, sortedOnce(ignoreCase ? patterns.map(lowerAscii) : patterns)]);
    }
    case 'attribute':
      return JSON.stringify(['attribute', condition.of, condition.key, condition.pattern]);
  }
}

/** "All" within "all" is one list, and a list of one is that one. */
function joined(op: 'all' | 'any', parts: readonly Condition[]): string {
  const flat = parts.flatMap((part) => (part.op === op ? flattened(op, part.of) : [part]));
  const texts = sortedOnce(flat.map(identityOf));
  return texts.length === 1 ? (texts[0] ?? '') : JSON.stringify([op, texts]);
}

const flattened = (op: 'all' | 'any', parts: readonly Condition[]): readonly Condition[] =>
  parts.flatMap((part) => (part.op === op ? flattened(op, part.of) : [part]));

/** Not failed is the same as failed: false. */
const negated = (condition: Condition): string =>
  condition.op === 'failed'
    ? identityOf({ op: 'failed', is: !condition.is })
    : JSON.stringify(['not', identityOf(condition)]);

import type { Change } from '../../contract/api/definitions.ts';
import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import { formatShare, parseShare } from '../../lib/share.ts';
import { pathText } from './finding.ts';

type FieldChange = Change['fields'][number];

/** Fields in which two definitions differ. The order of keys, and whether a share is `0.999` or `99.9%`, is no change. */
export function fieldChanges(before: ObjectiveDefinition, after: ObjectiveDefinition): FieldChange[] {
  return differences(comparable(before), comparable(after), []);
}

function comparable(definition: ObjectiveDefinition): unknown {
  const { spec } = definition;
  const shares = {
    target: sameShare(spec.target),
    minimumCoverage: sameShare(spec.minimumCoverage),
    ...(spec.warning === undefined ? {} : { warning: sameShare(spec.warning) }),
  };
  return { ...definition, spec: { ...spec, ...shares, indicator: unwrapped(spec.indicator) } };
}

function sameShare(text: string): string {
  const points = parseShare(text);
  return points === undefined ? text : formatShare(points);
}

/** A list of one value is that value, as everywhere in an indicator. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 && !isMap(value[0]) ? value[0] : value.map(unwrapped);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A tag may be called `toString`: what every object has is not meant. */
const own = (map: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(map, key) ? map[key] : undefined;

const isListOfMaps = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.some(isMap);

function differences(before: unknown, after: unknown, path: readonly PropertyKey[]): FieldChange[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(own(before, key), own(after, key), [...path, key]));
  }
  if (isListOfMaps(before) && isListOfMaps(after)) {
    const longer = before.length > after.length ? before : after;
    return longer.flatMap((_, index) => differences(before[index], after[index], [...path, index]));
  }
  return same(before, after) ? [] : [{ path: pathText(path), before: display(before), after: display(after) }];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, sortingMaps) === JSON.stringify(b, sortingMaps);

/** A value for people: text and lists of text as they are, the rest as JSON. */
function display(value: unknown): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value) && !value.some(isMap)) return value.map(String).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value, sortingMaps);
}

const sortingMaps = (_: string, value: unknown): unknown =>
  isMap(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';

/** Offsets in the text of a key and its value. A value that is left empty, and a list entry, have no place but one. */
interface Offsets {
  readonly key: number;
  readonly value: number;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** An empty value stands nowhere: its key must do. */
const isEmpty = (node: unknown): boolean => node === null || (isScalar(node) && node.value === null);

function pairOffsets({ key, value }: Pair, parent: Offsets): Offsets {
  const keyAt = startOf(key) ?? parent.key;
  return { key: keyAt, value: isEmpty(value) ? keyAt : (startOf(value) ?? keyAt) };
}

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

function child(node: unknown, segment: PropertyKey): Pair | Node | undefined {
  if (isMap(node)) return node.items.find(({ key }) => keyText(key) === String(segment));
  const item = isSeq(node) ? node.items[Number(segment)] : undefined;
  return isNode(item) ? item : undefined;
}

/**
 * Where a path of a document is in the text. What is missing is where it should be: at the key of what lacks it.
 * @param at whether the key or the value of the path is meant
 */
export function offsetOf(document: Document, path: readonly PropertyKey[], at: 'key' | 'value'): number {
  const start = startOf(document.contents) ?? document.range?.[0] ?? 0;
  let here: Offsets = { key: start, value: start };
  let node: unknown = document.contents;
  for (const segment of path) {
    const found = child(isAlias(node) ? node.resolve(document) : node, segment);
    if (found === undefined) return here.key;
    if (isPair(found)) {
      here = pairOffsets(found, here);
      node = found.value;
    } else {
      const offset = startOf(found) ?? here.value;
      here = { key: offset, value: offset };
      node = found;
    }
  }
  return here[at];
}

import { type Document, isAlias, Scalar, visit } from 'yaml';
import type { YamlMistake } from './yaml-mistake.ts';

/**
 * Finds references to anchors that do not exist. Nearly always a pattern that begins with `*` lacks its quotes: the
 * reference is read as that text, so that the rest of the document can be checked.
 */
export function mendAliases(document: Document): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      const text = `*${alias.source}`;
      mistakes.push({
        offset: alias.range?.[0] ?? 0,
        message: `${text} without quotes refers to an anchor that does not exist`,
        expected: 'quotes around text that begins with *',
        suggestion: JSON.stringify(text),
      });
      const scalar = new Scalar(text);
      if (alias.range) scalar.range = alias.range;
      return scalar;
    },
  });
  return mistakes;
}

/** Offset of the first reference to an anchor of a document. */
export function firstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) return undefined;
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Letters of ASCII only: the store folds case the same way. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * A pattern in which only `*` is special (any text, also none), as a test of text. Letter case is folded for ASCII only.
 * Takes time linear in the text for each part of the pattern, whatever the text: it comes from outside.
 */
export function patternTest(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  const fold = ignoreCase ? lowerAscii : (text: string): string => text;
  const [head = '', ...rest] = fold(pattern).split('*');
  const tail = rest.pop();
  if (tail === undefined) return (text) => fold(text) === head;
  return (text) => betweenEnds(fold(text), head, rest, tail);
}

/** Whether text is head, then the middle parts in order with anything between them, then tail. */
function betweenEnds(text: string, head: string, middle: readonly string[], tail: string): boolean {
  const end = text.length - tail.length;
  if (head.length > end || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let position = head.length;
  for (const part of middle) {
    const found = text.indexOf(part, position);
    if (found === -1 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}

/** An element of an XML file: enough of XML for the files of deploy/, strict about what it does know. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly in it, trimmed. */
  readonly text: string;
}

const TOKEN =
  /<!--(?:(?!--)[\s\S])*-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const opened = (name: string, attributes: string): Open => ({
  name,
  attributes: Object.fromEntries([...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value])),
  children: [],
  text: '',
});

/**
 * Reads an XML file.
 * @returns the root element
 * @throws Error when the file is not well-formed
 */
export function parseXml(text: string): XmlElement {
  const stack: Open[] = [opened('', '')];
  let position = 0;
  while (position < text.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null)
      throw new Error(`not well-formed at offset ${position}: ${text.slice(position, position + 40)}`);
    position = TOKEN.lastIndex;
    take(stack, match);
  }
  const root = stack.pop();
  if (stack.length > 0 || root === undefined) throw new Error(`<${root?.name}> is not closed`);
  const [only, ...more] = root.children;
  if (only === undefined || more.length > 0) throw new Error('a file has one root element');
  return only;
}

function take(stack: Open[], [, slash, name, attributes = '', selfClosing, text]: RegExpExecArray): void {
  const top = stack.at(-1);
  if (top === undefined) return;
  if (text !== undefined) {
    top.text = `${top.text}${text}`.trim();
  } else if (name !== undefined && slash === '') {
    const element = opened(name, attributes);
    if (selfClosing === '/') top.children.push(element);
    else stack.push(element);
  } else if (name !== undefined) {
    if (top.name !== name) throw new Error(`</${name}> closes <${top.name}>`);
    stack.pop();
    stack.at(-1)?.children.push(top);
  }
}

/** All elements under a path of names. */
export function elementsAt(root: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (elements, name) => elements.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [root],
  );
}

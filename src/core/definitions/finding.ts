/** A mistake in a document, before its place in the file is known. */
export interface Finding {
  /** Keys and indices from the root of the document. */
  readonly path: readonly PropertyKey[];
  /** Whether the key or the value of the path is wrong. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly expected?: string | undefined;
  readonly suggestion?: string | undefined;
}

/** A path as people write it: `spec.indicator.exclude[0].userAgent`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    return text === '' ? String(segment) : `${text}.${String(segment)}`;
  }, '');
}

/** The last name of a path with what follows it: `exclude[0]`. */
export function fieldName(path: readonly PropertyKey[]): string {
  const from = path.findLastIndex((segment) => typeof segment !== 'number');
  return path.length === 0 ? 'the document' : pathText(path.slice(Math.max(0, from)));
}

/** The value at a path; undefined when there is none. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    data,
  );
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where dist/ may be, seen from a chunk of the bundle, from the bundle itself, and from the sources. */
const PLACES = ['../', './', '../../dist/'];

/** Path of something that the build makes, or undefined when it was not built. */
export function builtFile(name: string): string | undefined {
  for (const place of PLACES) {
    const path = fileURLToPath(new URL(place + name, import.meta.url));
    if (existsSync(path)) return path;
  }
  return undefined;
}

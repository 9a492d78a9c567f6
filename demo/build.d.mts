/** Bundles the demo's processes into a folder inside the package; see build.mjs. */
export function buildDemo(outDir: string): Promise<void>;

/** A double within JSON text. What JSON cannot say is text, as in protobuf's JSON mapping: `"NaN"`, `"-Infinity"`. */
export function doubleJson(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

export interface SparkBox {
  readonly width: number;
  readonly height: number;
  readonly low: number;
  readonly high: number;
}

export type SparkValues = readonly (number | null)[];

/**
 * The scale of a small line: the target lies at half height while all is well and rises as values fall below it, so
 * that the same picture means the same for a target of 90 % and of 99.99 %.
 */
export function sparkScale(values: SparkValues, target: number): { low: number; high: number } {
  const roomBelowTarget = Math.max(1 - target, 1e-6) * 2;
  let low = 1 - roomBelowTarget;
  for (const value of values) if (value !== null && value < low) low = value;
  return { low, high: 1 };
}

/** Height of a value in the box; 0 is the top. */
export function sparkY(value: number, box: SparkBox): number {
  const share = (value - box.low) / (box.high - box.low);
  return Number(((1 - Math.min(1, Math.max(0, share))) * box.height).toFixed(2));
}

/** The line as an SVG path: gaps where there is no data, a dot where a value stands alone. */
export function sparkPath(values: SparkValues, box: SparkBox): string {
  const step = values.length > 1 ? box.width / (values.length - 1) : 0;
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const point = `${Number((index * step).toFixed(2))} ${sparkY(value, box)}`;
    path += drawing ? `L${point}` : `M${point}l0 0`;
    drawing = true;
  });
  return path;
}

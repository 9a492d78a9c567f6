import type uPlot from 'uplot';
import { formatTick } from '../format/time.ts';

export interface ReferenceLine {
  readonly label: string;
  readonly value: number;
  readonly tone: 'bad' | 'warn';
}

export interface ChartLook {
  readonly range: readonly [number, number];
  readonly lines: readonly ReferenceLine[];
  readonly format: (value: number) => string;
  /** Fill the ground below the line. */
  readonly filled?: boolean;
  /** Told the point under the cursor; undefined when there is none. */
  readonly onPoint: (index: number | undefined) => void;
}

/** In rem. */
const SIZES = { font: 0.75, xAxis: 1.75, yAxis: 4.75, labelSpace: 2.25, dateSpace: 4.5 } as const;

type Token = (name: string) => string;

const tokensOf = (element: Element): Token => {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--v-${name}`).trim();
};

/** What a rem is in pixels here. */
export function remOf(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** Draws the lines that values are compared with, each with its name. */
function drawReferenceLines(lines: readonly ReferenceLine[], token: Token) {
  return (chart: uPlot): void => {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.textAlign = 'left';
    ctx.font = `${SIZES.font * remOf() * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
    for (const line of lines) {
      const y = chart.valToPos(line.value, 'y', true);
      if (y < bbox.top || y > bbox.top + bbox.height) continue;
      const colour = token(line.tone === 'bad' ? 'violated' : 'warning');
      ctx.strokeStyle = colour;
      ctx.fillStyle = colour;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      // The name of the lower of two lines stands below it: a warning and a target are often too close for both above.
      const isBelow = lines.some(({ value }) => value > line.value);
      ctx.textBaseline = isBelow ? 'top' : 'bottom';
      ctx.fillText(line.label, bbox.left + 4 * devicePixelRatio, y + (isBelow ? 4 : -4) * devicePixelRatio);
    }
    ctx.restore();
  };
}

/** Everything uPlot needs for one line over time, in the colours of the page. */
export function chartOptions(element: Element, width: number, height: number, look: ChartLook): uPlot.Options {
  const token = tokensOf(element);
  const rem = remOf();
  const font = `${SIZES.font * rem}px ${getComputedStyle(element).fontFamily}`;
  const axis = {
    stroke: token('ink-3'),
    font,
    grid: { stroke: token('line'), width: 1 },
    ticks: { stroke: token('line'), width: 1, size: 4 },
  };
  const [low, high] = look.range;
  return {
    width,
    height,
    scales: { x: { time: true }, y: { range: [low, high + (high - low) * 0.04] } },
    legend: { show: false },
    axes: [
      {
        ...axis,
        size: SIZES.xAxis * rem,
        space: SIZES.dateSpace * rem,
        values: (_chart, ticks, _axis, _space, step) => ticks.map((tick) => formatTick(tick, step)),
      },
      {
        ...axis,
        size: SIZES.yAxis * rem,
        space: SIZES.labelSpace * rem,
        values: (_chart, ticks) => ticks.map((tick) => (tick > 1 ? '' : look.format(tick))),
      },
    ],
    series: [
      {},
      {
        stroke: token('accent'),
        width: 1.75,
        spanGaps: false,
        points: { show: false },
        ...(look.filled && { fill: token('accent-soft') }),
      },
    ],
    cursor: { points: { size: 7 }, drag: { x: false, y: false }, y: false, sync: { key: 'objective' } },
    hooks: {
      draw: [drawReferenceLines(look.lines, token)],
      setCursor: [(chart) => look.onPoint(chart.cursor.idx ?? undefined)],
    },
  };
}

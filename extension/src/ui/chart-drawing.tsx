import { axisTicks, linePoints, pathOf } from './chart-scale.ts';
import type { LineChartProps } from './line-chart.tsx';

const HEIGHT = 200;
const PAD = { top: 12, bottom: 24, start: 56, end: 12 };
const LABEL_WIDTH = 88;

/** Where days stand in a chart of this width, px. Time runs with the reading direction: `x` mirrors, so that text stays readable. */
export interface Plot {
  width: number;
  rtl: boolean;
  innerWidth: number;
  /** From one day to the next. */
  gap: number;
  /** From the left edge, for a distance from where time begins. */
  x(fromStart: number): number;
  /** The day nearest to a distance from the edge where reading begins. */
  dayAt(fromEdge: number): number;
  /** How far a day stands from that edge. */
  edgeOf(day: number): number;
}

export function plotOf(width: number, days: number, rtl: boolean): Plot {
  const innerWidth = Math.max(80, width - PAD.start - PAD.end);
  const gap = days > 1 ? innerWidth / (days - 1) : 0;
  return {
    width,
    rtl,
    innerWidth,
    gap,
    x: (fromStart) => (rtl ? width - PAD.start - fromStart : PAD.start + fromStart),
    dayAt: (fromEdge) => Math.max(0, Math.min(days - 1, gap === 0 ? 0 : Math.round((fromEdge - PAD.start) / gap))),
    edgeOf: (day) => PAD.start + day * gap,
  };
}

type Props = Pick<LineChartProps, 'days' | 'series' | 'writeTick' | 'writeDay'> & { plot: Plot; at: number | null };

/** Grid, labels, lines, and the mark of the day that is read. Said again in words beside it, so hidden from readers. */
export function ChartDrawing({ plot, days, series, at, writeTick, writeDay }: Props) {
  const { width, rtl, innerWidth, gap, x } = plot;
  const [start, end] = rtl ? (['end', 'start'] as const) : (['start', 'end'] as const);
  const innerHeight = HEIGHT - PAD.top - PAD.bottom;
  const ticks = axisTicks(Math.max(0, ...series.flatMap((one) => [...one.values, ...(one.previous ?? [])])));
  const top = ticks.at(-1) as number;
  const y = (value: number) => PAD.top + innerHeight - (value / top) * innerHeight;
  const line = (values: readonly number[]) =>
    pathOf(linePoints(values, top, innerWidth, innerHeight).map(([px, py]) => [x(px), py + PAD.top] as const));
  const labelEvery = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor(innerWidth / LABEL_WIDTH))));
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="chart-grid" x1={x(0)} x2={x(innerWidth)} y1={y(tick)} y2={y(tick)} />
          <text class="chart-label" x={x(-8)} y={y(tick) + 4} text-anchor={end} direction="ltr">
            {writeTick(tick)}
          </text>
        </g>
      ))}
      {days.map((day, i) =>
        i % labelEvery === 0 ? (
          <text
            key={day}
            class="chart-label"
            x={x(i * gap)}
            y={HEIGHT - 6}
            text-anchor={i === 0 ? start : i > days.length - labelEvery / 2 ? end : 'middle'}
            direction="ltr"
          >
            {writeDay(day)}
          </text>
        ) : null,
      )}
      {series.map((one, i) => (
        <g key={one.id} class={`chart-series chart-series-${i}`}>
          {one.previous && <path class="chart-previous" d={line(one.previous)} />}
          <path class="chart-line" d={line(one.values)} />
          {at !== null && <circle r="3.5" cx={x(at * gap)} cy={y(one.values[at] as number)} />}
        </g>
      ))}
      {at !== null && <line class="chart-cursor" x1={x(at * gap)} x2={x(at * gap)} y1={PAD.top} y2={PAD.top + innerHeight} />}
    </svg>
  );
}

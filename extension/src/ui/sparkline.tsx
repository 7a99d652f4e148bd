import { linePoints, pathOf } from './chart-scale.ts';

/** A line without axes beside a number that says the same in words. */
export function Sparkline({ values, width = 72, height = 20 }: { values: readonly number[]; width?: number; height?: number }) {
  const points = linePoints(values, Math.max(1, ...values), width - 2, height - 4);
  return (
    <svg class="sparkline" width={width} height={height} viewBox={`-1 -2 ${width} ${height}`} aria-hidden="true">
      <path d={pathOf(points)} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />
    </svg>
  );
}

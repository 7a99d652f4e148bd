/** Round steps for an axis from 0: at most `most` of them, each 1, 2 or 5 times a power of ten, the last one at or above max. */
export function axisTicks(max: number, most = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) as number;
  const ticks = [0];
  while ((ticks.at(-1) as number) < max) ticks.push(step * ticks.length);
  return ticks;
}

/** Points of a line in a box of the given size; the first point at the left edge, value 0 at the bottom. */
export function linePoints(values: readonly number[], max: number, width: number, height: number): [number, number][] {
  const gap = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, i) => [i * gap, height - (Math.max(0, value) / max) * height]);
}

export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

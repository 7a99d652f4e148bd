import type { Ratio } from './launch-plan.ts';

/** Ratio from pixels: 1:1 = 0.9–1.1, 4:5 = 0.7–0.9, 9:16 up to 0.7, landscape above 1.1 (width ÷ height). */
export function ratioOf(width: number, height: number): Ratio {
  const r = width / height;
  if (r <= 0.7) return '9x16';
  if (r < 0.9) return '4x5';
  return r <= 1.1 ? '1x1' : '16x9';
}

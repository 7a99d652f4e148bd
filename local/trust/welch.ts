/** Beyond this share of both samples together a time is cut to it: what the machine did in between is no answer's. */
const CUT = 0.95;

/**
 * Welch's t-test on two samples of times, both cut at one height.
 * @returns the difference of the means in the samples' unit and the two-sided p; by the normal distribution, for samples of 100 and more
 */
export function welch(a: readonly number[], b: readonly number[]): { difference: number; p: number } {
  const height = [...a, ...b].toSorted((x, y) => x - y)[Math.floor((a.length + b.length) * CUT)] ?? Number.POSITIVE_INFINITY;
  const [one, two] = [momentsOf(a, height), momentsOf(b, height)];
  const difference = one.mean - two.mean;
  return { difference, p: erfc(Math.abs(difference) / Math.sqrt(one.variance / a.length + two.variance / b.length) / Math.SQRT2) };
}

function momentsOf(sample: readonly number[], height: number): { mean: number; variance: number } {
  const cut = sample.map((time) => Math.min(time, height));
  const mean = cut.reduce((sum, time) => sum + time, 0) / cut.length;
  return { mean, variance: cut.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (cut.length - 1) };
}

/** Abramowitz and Stegun 7.1.26, to 1.5e-7, for x of 0 and more. */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  return t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
}

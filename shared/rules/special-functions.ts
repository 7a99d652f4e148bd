/**
 * Regularised incomplete gamma and beta and the inverse of the gamma, in double precision (relative error about 1e-12 where
 * used). Method: power series left of the bulk, Lentz's continued fraction right of it; inverse by Newton steps kept inside a
 * bracket. Definitions: NIST Digital Library of Mathematical Functions 8.2, 8.9, 8.17.
 */

const EPSILON = 1e-15;
const TINY = 1e-300;
const MAX_TERMS = 10_000;

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const series = LANCZOS.reduce((sum, coefficient, i) => (i === 0 ? coefficient : sum + coefficient / (z + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

/** P(a, x) = γ(a, x)/Γ(a): chance that a gamma variable of shape a and scale 1 is at most x. a > 0, x ≥ 0. */
export function gammaP(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) throw new RangeError('gammaP needs a > 0 and x >= 0');
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** x with P(a, x) = p, for 0 ≤ p < 1. */
export function gammaPInverse(p: number, a: number): number {
  if (!(a > 0) || !(p >= 0 && p < 1)) throw new RangeError('gammaPInverse needs a > 0 and 0 <= p < 1');
  if (p === 0) return 0;
  let low = 0;
  let high = Math.max(1, 2 * a);
  while (gammaP(a, high) < p) high *= 2;
  let x = Math.min(Math.max(firstGuess(p, a), TINY), high);
  for (let step = 0; step < 200; step += 1) {
    const error = gammaP(a, x) - p;
    if (error > 0) high = x;
    else low = x;
    const density = Math.exp((a - 1) * Math.log(x) - x - lnGamma(a));
    const newton = x - error / density;
    // Before the bracket check: at the root a step of zero lies on the bracket's own edge.
    if (Math.abs(newton - x) <= 1e-14 * x) return newton;
    x = Number.isFinite(newton) && newton > low && newton < high ? newton : (low + high) / 2;
  }
  return x;
}

/** I_x(a, b): chance that a beta variable of shapes a, b is at most x. a, b > 0, 0 ≤ x ≤ 1. */
export function betaI(x: number, a: number, b: number): number {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) throw new RangeError('betaI needs a > 0, b > 0 and 0 <= x <= 1');
  if (x === 0 || x === 1) return x;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + lnGamma(a + b) - lnGamma(a) - lnGamma(b));
  // The fraction converges fast only left of the mean; the other side by symmetry.
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** x with I_x(a, b) = p, by bisection: rates are asked for rarely and [0, 1] is a perfect bracket. */
export function betaIInverse(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (betaI(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Small shapes: leading term of the series. Larger: Wilson–Hilferty cube of a normal quantile. */
function firstGuess(p: number, a: number): number {
  if (a < 1) return Math.exp((Math.log(p) + lnGamma(a + 1)) / a);
  const z = normalQuantile(p);
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  return root > 0 ? a * root ** 3 : Math.exp((Math.log(p) + lnGamma(a + 1)) / a);
}

/** Rough normal quantile (error below 5e-4, Abramowitz and Stegun 26.2.23): only a starting point. */
function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  const z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return p < 0.5 ? -z : z;
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * EPSILON) break;
  }
  return sum * Math.exp(-x + a * Math.log(x) - lnGamma(a));
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction * Math.exp(-x + a * Math.log(x) - lnGamma(a));
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

const DAY_MS = 86_400_000;
const REFRESH_SHARE = 0.8;

/** When a token is renewed: after 80 % of its life; null = it does not end. */
export function refreshTime(issuedAt: Date, expiresAt: Date | null): Date | null {
  return expiresAt && new Date(issuedAt.getTime() + (expiresAt.getTime() - issuedAt.getTime()) * REFRESH_SHARE);
}

/** Whole days until the access ends, never below 0; null = it does not end. */
export function daysLeft(expiresAt: Date | null, now: Date): number | null {
  return expiresAt && Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / DAY_MS));
}

import type { InferSelectModel } from 'drizzle-orm';
import type { connections } from '#schema/index.ts';
import type { Connection } from '#shared/contracts/connections.ts';
import { daysLeft } from './token-life.ts';

type Row = Pick<
  InferSelectModel<typeof connections>,
  'id' | 'provider' | 'externalId' | 'displayName' | 'status' | 'expiresAt' | 'lastError' | 'createdAt' | 'refreshToken'
>;

/** A token whose end has passed is expired even before anybody has tried it. */
export function currentStatus(row: Pick<Row, 'status' | 'expiresAt'>, now: Date): Connection['status'] {
  const isOver = row.expiresAt !== null && row.expiresAt <= now;
  return isOver && (row.status === 'active' || row.status === 'expiring') ? 'expired' : row.status;
}

export const presentConnection = (row: Row, now: Date): Connection => ({
  id: row.id,
  provider: row.provider,
  externalId: row.externalId,
  displayName: row.displayName,
  status: currentStatus(row, now),
  // With a refresh token the access goes on by itself: the hour that one token lives is nobody's concern.
  daysLeft: row.status === 'revoked' || row.refreshToken !== null ? null : daysLeft(row.expiresAt, now),
  lastError: row.lastError?.message ?? null,
  connectedAt: row.createdAt.toISOString(),
});

import { and, count, eq, gt, isNull } from 'drizzle-orm';
import { oneTimeTokens } from '#schema/index.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import { NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import type { SqlTransaction } from '../../../kernel/database.ts';
import { AppError } from '../../../kernel/errors.ts';

type Row = typeof oneTimeTokens.$inferSelect;
export type LinkPurpose = Exclude<Row['purpose'], 'proof_code'>;
/** Whose link it is, null = nobody's yet, and what it carries. */
interface Opened {
  userId: string | null;
  payload: unknown;
}
/** More secrets of one kind an hour are nobody's need but a way to fill somebody's mailbox. */
const PER_HOUR = 5;
/** How long a link is good, in minutes. */
const MINUTES: Record<LinkPurpose, number> = { sign_up: 24 * 60, magic_link: 15, reset_password: 30, change_email: 24 * 60 };

export const payloadPlace = (hash: string) => ({ organizationId: NO_ORGANIZATION, table: 'one_time_tokens', column: 'payload', row: hash });

/**
 * Keeps a secret by its hash, and what it carries sealed. The person's older ones of the same purpose are good no more.
 * @returns the hash
 */
export async function keepSecret(
  ports: Ports,
  tx: SqlTransaction,
  kept: { secret: string; purpose: Row['purpose']; userId: string | null; payload?: unknown; minutes: number },
): Promise<string> {
  const { purpose, userId, payload } = kept;
  const hash = await sha256Hex(kept.secret);
  if (userId !== null)
    await tx
      .update(oneTimeTokens)
      .set({ usedAt: ports.now() })
      .where(and(eq(oneTimeTokens.userId, userId), eq(oneTimeTokens.purpose, purpose), isNull(oneTimeTokens.usedAt)));
  await tx.insert(oneTimeTokens).values({
    hash,
    purpose,
    userId,
    payload: payload === undefined ? null : await ports.keyRing.seal(payloadPlace(hash), JSON.stringify(payload)),
    expiresAt: new Date(ports.now().getTime() + kept.minutes * 60_000),
    createdAt: ports.now(),
  });
  return hash;
}

/** A fresh secret for a mail's link. */
export async function issueLink(
  ports: Ports,
  tx: SqlTransaction,
  { purpose, userId, payload }: { purpose: LinkPurpose; userId: string | null; payload?: unknown },
): Promise<string> {
  const secret = `itl_${randomSecret(32)}`;
  await keepSecret(ports, tx, { secret, purpose, userId, payload, minutes: MINUTES[purpose] });
  return secret;
}

/** Whether the hour's secrets of one kind were sent to a person, whose row the caller holds: of two wishes at once the second sees the first. */
export async function wereEnoughSent(ports: Ports, tx: SqlTransaction, userId: string, purpose: Row['purpose']): Promise<boolean> {
  const [sent] = await tx
    .select({ n: count() })
    .from(oneTimeTokens)
    .where(
      and(
        eq(oneTimeTokens.userId, userId),
        eq(oneTimeTokens.purpose, purpose),
        gt(oneTimeTokens.createdAt, new Date(ports.now().getTime() - 3_600_000)),
      ),
    );
  return !sent || sent.n >= PER_HOUR;
}

/**
 * Uses a link inside the caller's transaction: of any number of uses at once one finds it, by compare-and-set.
 * @throws expired for a link that is unknown, used, too old or of another kind
 */
export async function useLink(ports: Ports, tx: SqlTransaction, purpose: LinkPurpose, token: string): Promise<Opened> {
  const hash = await sha256Hex(token);
  const [row] = await tx
    .update(oneTimeTokens)
    .set({ usedAt: ports.now() })
    .where(isGood(ports, purpose, hash))
    .returning();
  if (!row) throw linkIsGone();
  return opened(ports, row);
}

/** What a link carries, without using it: what a person typed beside it is judged first. @throws expired as useLink does */
export async function readLink(ports: Ports, purpose: LinkPurpose, token: string): Promise<Opened> {
  const hash = await sha256Hex(token);
  const [row] = await ports.database.within({}).read((q) =>
    q
      .select()
      .from(oneTimeTokens)
      .where(isGood(ports, purpose, hash)),
  );
  if (!row) throw linkIsGone();
  return opened(ports, row);
}

/** Whose link this is, without using it. @throws expired as useLink does */
export async function ownerOfLink(ports: Ports, purpose: LinkPurpose, token: string): Promise<string> {
  const { userId } = await readLink(ports, purpose, token);
  if (userId === null) throw linkIsGone();
  return userId;
}

async function opened(ports: Ports, { hash, userId, payload }: Row): Promise<Opened> {
  return { userId, payload: payload === null ? null : JSON.parse(await ports.keyRing.unseal(payloadPlace(hash), payload)) };
}

/** Every open link of a person dies: what was mailed before the password or the address changed proves nothing any more. */
export async function endLinks(ports: Ports, tx: SqlTransaction, userId: string): Promise<void> {
  await tx
    .update(oneTimeTokens)
    .set({ usedAt: ports.now() })
    .where(and(eq(oneTimeTokens.userId, userId), isNull(oneTimeTokens.usedAt)));
}

const isGood = (ports: Ports, purpose: LinkPurpose, hash: string) =>
  and(
    eq(oneTimeTokens.hash, hash),
    eq(oneTimeTokens.purpose, purpose),
    isNull(oneTimeTokens.usedAt),
    gt(oneTimeTokens.expiresAt, ports.now()),
  );
export const linkIsGone = () => new AppError('expired', 'This link is good no more: it was used, or it is too old. Ask for a new one.');

/** The page of the app a mail leads to. The secret stands behind '#': no server, log or referrer sees it. */
export const linkTo = (ports: Ports, path: string, token: string): string => new URL(`${path}#${token}`, ports.settings.APP_ORIGIN).href;

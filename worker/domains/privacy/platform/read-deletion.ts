import { eq } from 'drizzle-orm';
import { platformDeletions } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { readPlatformDeletion as contract } from '#shared/contracts/privacy.ts';
import type { Ports } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';

/** How far a deletion is, for who holds its code. */
export async function readPlatformDeletion(ports: Ports, code: string): Promise<ResponseOf<typeof contract>> {
  const [row] = await ports.database.within({}).read((q) => q.select().from(platformDeletions).where(eq(platformDeletions.code, code)));
  if (!row) throw notFound('deletion');
  return { state: row.state, receivedAt: row.createdAt.toISOString(), doneAt: row.doneAt?.toISOString() ?? null };
}

import { sql } from 'drizzle-orm';
import type { Ports } from '../../../kernel/context.ts';

/** As many as one call can handle within its time. */
export const MOST_AT_ONCE = 500;

/** Open letters that are meant, the oldest first, whoever's they are. An absent filter means any. */
export async function openLetters(
  ports: Ports,
  meant: { fingerprint?: string | undefined; id?: string | undefined },
  limit: number,
): Promise<{ organizationId: string; id: string }[]> {
  const { rows } = await ports.database
    .within({})
    .read((q) =>
      q.execute<{ organization_id: string; letter_id: string }>(
        sql`select organization_id, letter_id from open_dead_letters(${meant.fingerprint ?? null}, ${meant.id ?? null}, ${limit})`,
      ),
    );
  return rows.map((row) => ({ organizationId: row.organization_id, id: row.letter_id }));
}

import { sql, type SQL } from 'drizzle-orm';
import type { Ports } from '../../../kernel/context.ts';

/** Which open letters are meant, whoever's they are. An absent filter means any. */
interface Meant {
  fingerprint?: string | undefined;
  id?: string | undefined;
}

const letters = ({ fingerprint, id }: Meant, limit: number | null): SQL =>
  sql`open_dead_letters(${fingerprint ?? null}, ${id ?? null}, ${limit}::int)`;
const everywhere = async <Row extends Record<string, unknown>>(ports: Ports, query: SQL): Promise<Row[]> =>
  (await ports.database.within({}).read((q) => q.execute<Row>(query))).rows;

/** At most `limit` of them, the oldest first. */
export async function openLetters(ports: Ports, meant: Meant, limit: number): Promise<{ organizationId: string; id: string }[]> {
  return everywhere(ports, sql`select organization_id as "organizationId", letter_id as id from ${letters(meant, limit)}`);
}

export async function countLetters(ports: Ports, meant: Meant): Promise<number> {
  const [row] = await everywhere<{ n: number }>(ports, sql`select count(*)::int as n from ${letters(meant, null)}`);
  if (!row) throw new Error('A count has one row.');
  return row.n;
}

/** Whose they are. */
export async function ownersOfLetters(ports: Ports, meant: Meant): Promise<string[]> {
  const rows = await everywhere<{ id: string }>(ports, sql`select distinct organization_id as id from ${letters(meant, null)}`);
  return rows.map(({ id }) => id);
}

import { sql, type SQL } from 'drizzle-orm';
import { NO_ORGANIZATION, type Context } from '../../../kernel/context.ts';
import type { FileWriter } from './open-file.ts';

/** What is a person's own, whatever organizations they are in. Secrets and their hashes are left out. */
const PARTS: Readonly<Record<string, (userId: string) => SQL>> = {
  account: (id) => sql`select to_jsonb(t) from (select id, email, name, locale, totp_enabled_at, created_at from users where id = ${id}) t`,
  memberships: (id) =>
    sql`select jsonb_build_object('organization', o.name, 'role', m.role, 'since', m.created_at, 'weeklyDigest', m.weekly_digest)
        from memberships m left join organizations o on o.id = m.organization_id where m.user_id = ${id} order by m.created_at`,
  sessions: (id) =>
    sql`select to_jsonb(t) from (select client, method, user_agent, place, created_at, last_seen_at, revoked_at from sessions where user_id = ${id} order by created_at) t`,
  identities: (id) =>
    sql`select to_jsonb(t) from (select provider, subject, email, created_at from external_identities where user_id = ${id} order by created_at) t`,
  consents: (id) => sql`select to_jsonb(t) from (select document, version, at from consents where user_id = ${id} order by at) t`,
};

/** The copy of a person's account as one JSON document: `{ format, exportedAt, account: […], memberships: […], … }`. */
export async function writePerson(ctx: Context, file: FileWriter, userId: string): Promise<void> {
  const own = ctx.ports.database.within({ userId });
  await file.write(`{"format":"inlay.person.1","exportedAt":${JSON.stringify(ctx.now().toISOString())}`);
  for (const [name, query] of Object.entries(PARTS)) {
    const { rows } = await own.read((q) => q.execute<{ row: string }>(sql`select p.row::text as row from (${query(userId)}) p(row)`));
    await file.write(`,\n${JSON.stringify(name)}:[${rows.map(({ row }) => row).join(',\n')}]`);
  }
  const mails = ctx.ports.database.within({ organizationId: NO_ORGANIZATION });
  const { rows } = await mails.read((q) =>
    q.execute<{ row: string }>(
      sql`select jsonb_build_object('template', template, 'state', state, 'at', created_at)::text as row from mails where organization_id = ${NO_ORGANIZATION} and user_id = ${userId} order by created_at`,
    ),
  );
  await file.write(`,\n"mails":[${rows.map(({ row }) => row).join(',\n')}]}\n`);
}

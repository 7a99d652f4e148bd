import { finishConsent, giveConsent } from './connect-meta.ts';
import type { Member, TestWorker } from './harness.ts';

/** Connects the demo's person at Google and waits until the accounts are here and read once. */
export async function connectGoogle(
  w: TestWorker,
  member: Member,
): Promise<{ accounts: { id: string; externalId: string; via: string | null }[] }> {
  const back = await finishConsent(w, await giveConsent(member, 'google-ads', 'email=owner%40example.com'), 'google-ads');
  if (back.searchParams.get('connected') !== 'google-ads') throw new Error(`Not connected: ${back.search}`);
  const accounts = await w.until(
    'every ad account is read',
    async () => {
      const { rows } = await w.db.query<{ id: string; external_id: string; via: string | null; insights_synced_at: Date | null }>(
        `select id, external_id, via, insights_synced_at from ad_accounts where organization_id = $1 and platform = 'google-ads' order by external_id`,
        [member.organizationId],
      );
      return rows.length > 0 && rows.every((row) => row.insights_synced_at !== null) && rows;
    },
    30_000,
  );
  return { accounts: accounts.map((row) => ({ id: row.id, externalId: row.external_id, via: row.via })) };
}

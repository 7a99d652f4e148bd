import { sql } from 'drizzle-orm';
import type { Context } from '../../kernel/context.ts';
import type { ListedEntity } from '../../platforms/ads/ad-platform.ts';

/** Campaigns, ad sets and ads as the platform lists them, in one statement whatever their number. What an older read brings changes nothing. */
export async function saveEntities(
  ctx: Context,
  accountId: string,
  entities: readonly ListedEntity[],
  readAt: Date = ctx.now(),
): Promise<void> {
  const rows = [
    ...new Map(
      entities.map((entity) => [
        entity.externalId,
        {
          external_id: entity.externalId,
          kind: entity.kind,
          campaign_external_id: entity.campaignExternalId,
          ad_set_external_id: entity.adSetExternalId,
          name: entity.name,
          status: entity.status.unified,
          status_raw: entity.status.raw,
        },
      ]),
    ).values(),
  ];
  if (rows.length === 0) return;
  await ctx.read((q) =>
    q.execute(sql`
    insert into ad_entities (organization_id, account_id, external_id, kind, campaign_external_id, ad_set_external_id, name, status, status_raw, synced_at)
    select ${ctx.organizationId}, ${accountId}, e.external_id, e.kind, e.campaign_external_id, e.ad_set_external_id, e.name, e.status, e.status_raw, ${readAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(external_id text, kind text, campaign_external_id text, ad_set_external_id text, name text, status text, status_raw text)
    on conflict (organization_id, account_id, external_id) do update set
      campaign_external_id = excluded.campaign_external_id, ad_set_external_id = excluded.ad_set_external_id, name = excluded.name, status = excluded.status, status_raw = excluded.status_raw, synced_at = excluded.synced_at
    where ad_entities.synced_at <= excluded.synced_at`),
  );
}

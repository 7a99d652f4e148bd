import { sql } from 'drizzle-orm';
import type { Context } from '../../kernel/context.ts';
import type { InsightDay } from '../../platforms/ads/ad-platform.ts';

/** Spend and counts by ad and day, in one statement. A restated day replaces the one held; an older read never replaces a newer one. */
export async function saveDays(ctx: Context, accountId: string, days: readonly InsightDay[], readAt: Date): Promise<void> {
  const rows = [
    ...new Map(
      days.map((day) => [
        `${day.adExternalId} ${day.day}`,
        {
          ad: day.adExternalId,
          ad_set: day.adSetExternalId,
          campaign: day.campaignExternalId,
          day: day.day,
          spend: day.spendMinor,
          impressions: day.impressions,
          clicks: day.clicks,
          claimed: day.claimed,
        },
      ]),
    ).values(),
  ];
  if (rows.length === 0) return;
  await ctx.read((q) =>
    q.execute(sql`
    insert into ad_days (organization_id, account_id, ad_external_id, ad_set_external_id, campaign_external_id, day, spend_minor, impressions, clicks, claimed, synced_at)
    select ${ctx.organizationId}, ${accountId}, d.ad, d.ad_set, d.campaign, d.day, d.spend, d.impressions, d.clicks, d.claimed, ${readAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(ad text, ad_set text, campaign text, day date, spend bigint, impressions int, clicks int, claimed jsonb)
    on conflict (organization_id, account_id, ad_external_id, day) do update set
      ad_set_external_id = excluded.ad_set_external_id, campaign_external_id = excluded.campaign_external_id, spend_minor = excluded.spend_minor,
      impressions = excluded.impressions, clicks = excluded.clicks, claimed = excluded.claimed, synced_at = excluded.synced_at
    where ad_days.synced_at <= excluded.synced_at`),
  );
}

/** Days the platform no longer reports: it leaves out what is zero, so what a whole read did not bring is gone. */
export async function dropUnreported(
  ctx: Context,
  accountId: string,
  range: { since: string; until: string },
  readAt: Date,
): Promise<void> {
  await ctx.read((q) =>
    q.execute(sql`
    delete from ad_days where organization_id = ${ctx.organizationId} and account_id = ${accountId} and day between ${range.since}::date and ${range.until}::date and synced_at < ${readAt.toISOString()}::timestamptz`),
  );
}

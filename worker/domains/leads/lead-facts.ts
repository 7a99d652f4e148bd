import type { leads } from '#schema/index.ts';
import type { EventData } from '#shared/contracts/machines.ts';

/** A lead as others are told of it: where it came from and where it stands, never whose it is. */
export const leadFacts = (
  row: Pick<
    typeof leads.$inferSelect,
    'id' | 'source' | 'stage' | 'isTest' | 'submittedAt' | 'accountId' | 'campaignExternalId' | 'adSetExternalId' | 'adExternalId'
  >,
): EventData<'lead.created'> => ({
  leadId: row.id,
  source: row.source,
  stage: row.stage,
  isTest: row.isTest,
  submittedAt: row.submittedAt.toISOString(),
  accountId: row.accountId,
  campaignExternalId: row.campaignExternalId,
  adSetExternalId: row.adSetExternalId,
  adExternalId: row.adExternalId,
});

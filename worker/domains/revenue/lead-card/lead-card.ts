import { and, asc, eq, ne } from 'drizzle-orm';
import { connections, organizations } from '#schema/index.ts';
import type { LeadCard } from '#shared/contracts/revenue.ts';
import { divHalfEven } from '#shared/rules/money.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { CrmContact } from '../../../platforms/crm/crm-platform.ts';
import { crmPlatform } from '../../../platforms/crm/registry.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { connectionToken, whileConnected } from '../../connections/index.ts';
import { lookUpMetrics } from '../../insights/index.ts';
import { costOfLead, type AllocatedCost } from './cost-of-lead.ts';
import { leadOfPerson, sourceOfLead, type LeadAccount } from './lead-of-person.ts';
import { personOfContact } from './person-of-contact.ts';
import { returnsOfPerson } from './returns-of-person.ts';

/** A card is looked at while it loads; its caller gives up after 8 to 15 seconds. */
const CRM_TIMEOUT_MS = 5_000;
/** The window of the ad's own figure beside the lead. */
const COHORT_DAYS = 28;

/** `portalId` null = the organization's only portal, for callers that cannot know it; with several, contact ids mean nothing without it. */
export interface ContactRef {
  portalId: string | null;
  contactId: string;
}

/**
 * Where a contact came from, what it cost and what it returned: one answer for the overlay, the widget and the CRM's own card.
 * @throws not_found when the portal is not this organization's, not_connected, unavailable
 */
export async function leadCard(ctx: Context, { portalId, contactId }: ContactRef): Promise<LeadCard> {
  ctx.require('leads:read');
  const [[organization], [portal, ...others]] = await Promise.all([
    ctx.read((q) =>
      q.select({ windowDays: organizations.attributionWindowDays }).from(organizations).where(eq(organizations.id, ctx.organizationId)),
    ),
    ctx.read((q) =>
      q
        .select({ id: connections.id, externalId: connections.externalId })
        .from(connections)
        .where(
          and(
            eq(connections.organizationId, ctx.organizationId),
            eq(connections.provider, 'hubspot'),
            ne(connections.status, 'revoked'),
            portalId === null ? undefined : eq(connections.externalId, portalId),
          ),
        )
        .orderBy(asc(connections.id))
        .limit(2),
    ),
  ]);
  if (!organization || !portal) throw notFound('portal');
  const blank = (reason: NonNullable<LeadCard['reason']>, why: LeadCard['why'] = null): LeadCard => ({
    matched: false,
    reason,
    source: null,
    cost: null,
    returns: null,
    leadRoasMilli: null,
    cohort: null,
    why,
    asOf: ctx.now().toISOString(),
    definitionId: null,
    windowDays: organization.windowDays,
    model: 'last',
  });
  if (others.length > 0) return blank('several_portals');
  const contact = await readContact(ctx, portal.id, contactId);
  if (!contact) return blank('not_found');
  const person = await personOfContact(ctx, portal.externalId, contact);
  if (!person) return blank('no_lead');
  const why = { matchedBy: person.matchedBy, exact: true };
  const found = await leadOfPerson(ctx, person.personId);
  if (typeof found === 'string') return blank(found, why);

  const { lead, account } = found;
  const [source, allocated, cohort] = await Promise.all([
    sourceOfLead(ctx, lead, account),
    account && costOfLead(ctx, lead, account),
    account && readCohort(ctx, account, lead.adExternalId),
  ]);
  const returns = account && (await returnsOfPerson(ctx, person.personId, lead.submittedAt, account.currency));
  return {
    ...blank('no_ad', why),
    matched: true,
    reason: null,
    source,
    returns,
    leadRoasMilli: leadRoas(allocated, returns),
    cost: allocated && { ...allocated, cohortCostPerLeadMinor: cohort?.figure?.costPerLeadMinor ?? null },
    cohort: cohort?.figure ?? null,
    definitionId: cohort?.definitionId ?? null,
  };
}

/** Null = the CRM has no such contact (any more). */
async function readContact(ctx: Context, connectionId: string, contactId: string): Promise<CrmContact | null> {
  try {
    const session = { outside: ctx.ports.outside, accessToken: await connectionToken(ctx, connectionId), timeoutMs: CRM_TIMEOUT_MS };
    return await whileConnected(ctx, connectionId, () => crmPlatform('hubspot').contact(session, contactId));
  } catch (error) {
    if (error instanceof PlatformError && error.failure === 'missing') return null;
    throw error;
  }
}

/** The ad's figure exactly as its row's badge shows it. */
async function readCohort(ctx: Context, account: LeadAccount, adExternalId: string) {
  const {
    answers: [answer],
    definition,
  } = await lookUpMetrics(ctx, {
    platform: account.platform,
    accountExternalId: account.externalId,
    level: 'ad',
    ids: [adExternalId],
    window: { days: COHORT_DAYS },
    model: 'last',
    basis: 'accrual',
    withTotals: false,
  });
  return answer && 'figure' in answer && definition ? { figure: answer.figure, definitionId: definition.id } : null;
}

/** Credited net over allocated cost, in thousandths; null where the cost is unknown or nothing, or stands in another currency. */
function leadRoas(cost: AllocatedCost | null, returns: LeadCard['returns']): number | null {
  if (!cost || !returns || cost.allocatedMinor === null || cost.allocatedMinor <= 0 || cost.currency !== returns.currency) return null;
  return Number(divHalfEven(BigInt(returns.wonMinor - returns.refundedMinor) * 1000n, BigInt(cost.allocatedMinor)));
}

import { LINKEDIN } from '#shared/rules/ad-platforms/linkedin.ts';
import type { AdSetSpec } from '#shared/rules/planned-item.ts';
import { partUtm } from '#shared/rules/utm.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, CreateRequest } from '../ad-platform.ts';
import { liCall } from './client.ts';
import { lanes } from './lanes.ts';
import { countedPages, isRow, readOnce, type Row } from './read.ts';
import { list, query, value } from './restli.ts';
import { numberOf, urn } from './urn.ts';

/** Goals counted by a conversion, which a campaign has to be joined to before it may run. */
const CONVERSION_GOALS = new Set(LINKEDIN.goals.filter((goal) => goal.needs.includes('pixel')).map((goal) => goal.optimizationGoal));

export interface Completed {
  /** Link parameter → the platform's word for what it fills in. */
  tracking: Record<string, string>;
  conversion: string | null;
}

/** What a plan's ad set needs besides its campaign: resources of their own, each set by one call and read by another. */
export function completedOf(spec: AdSetSpec): Completed {
  const { macros } = partUtm(spec.urlTags, 'linkedin');
  return {
    tracking: Object.fromEntries(Object.entries(macros).map(([key, macro]) => [key, macro.slice(2, -2)])),
    conversion: spec.pixelId !== null && CONVERSION_GOALS.has(spec.optimizationGoal) ? spec.pixelId : null,
  };
}

const trackingPath = (id: string): string => `adTrackingParameters/(adEntity:(sponsoredCampaign:${value(urn.campaign(id))}))`;
const conversionPath = (id: string, conversion: string): string =>
  `campaignConversions/(campaign:${value(urn.campaign(id))},conversion:${value(urn.conversion(conversion))})`;

/** Both are sets: once more changes nothing. */
export async function completeCampaigns(
  session: AdSession,
  made: readonly { externalId: string; request: CreateRequest }[],
): Promise<Map<string, true | PlatformError>> {
  const told = await lanes(made, async ({ externalId, request }) => {
    const { tracking, conversion } = completedOf(request.spec as AdSetSpec);
    if (Object.keys(tracking).length > 0)
      await liCall(session, {
        method: 'PUT',
        path: trackingPath(externalId),
        body: { adEntity: { sponsoredCampaign: urn.campaign(externalId) }, dynamicValueParameters: tracking, customValueParameters: {} },
      });
    if (conversion !== null)
      await liCall(session, {
        method: 'PUT',
        path: conversionPath(externalId, conversion),
        body: { campaign: urn.campaign(externalId), conversion: urn.conversion(conversion) },
      });
    return true as const;
  });
  return new Map(made.map(({ externalId }, i) => [externalId, told[i] as true | PlatformError]));
}

/** What stands beside these campaigns now, as `tracking` and `conversions`; each answer by itself. */
export async function readCompleted(
  session: AdSession,
  campaigns: readonly { id: string; countsConversions: boolean }[],
): Promise<Map<string, Row | PlatformError>> {
  const counting = campaigns.filter((one) => one.countsConversions).map((one) => one.id);
  const [found, conversions] = await Promise.all([
    lanes(campaigns, ({ id }) => readTracking(session, id)),
    counting.length === 0 ? new Map<string, string[]>() : failureOrNot(readConversions(session, counting)),
  ]);
  return new Map(
    campaigns.map(({ id, countsConversions }, i): [string, Row | PlatformError] => {
      const tracking = found[i] as Row | PlatformError;
      if (tracking instanceof PlatformError) return [id, tracking];
      if (conversions instanceof PlatformError) return [id, countsConversions ? conversions : { tracking, conversions: [] }];
      return [id, { tracking, conversions: conversions.get(id) ?? [] }];
    }),
  );
}

async function readTracking(session: AdSession, id: string): Promise<Row> {
  try {
    const { dynamicValueParameters: dynamic } = await readOnce(session, trackingPath(id));
    return isRow(dynamic) ? dynamic : {};
  } catch (error) {
    if (error instanceof PlatformError && error.failure === 'missing') return {}; // none was ever set
    throw error;
  }
}

async function readConversions(session: AdSession, ids: readonly string[]): Promise<Map<string, string[]>> {
  const joined = new Map<string, string[]>();
  const asked = query({ q: 'campaigns', campaigns: list(ids.map(urn.campaign)) });
  for await (const rows of countedPages(session, 'campaignConversions', asked))
    for (const row of rows) {
      const [campaign, conversion] = [numberOf(row['campaign']), numberOf(row['conversion'])];
      if (campaign !== null && conversion !== null) joined.set(campaign, [...(joined.get(campaign) ?? []), conversion]);
    }
  return joined;
}

async function failureOrNot<T>(work: Promise<T>): Promise<T | PlatformError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
}

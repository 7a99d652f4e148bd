import { LINKEDIN } from '#shared/rules/ad-platforms/linkedin.ts';
import { formatDecimal } from '#shared/rules/money.ts';
import type { AdSetSpec, AdSpec, CampaignSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { addToLink, partUtm } from '#shared/rules/utm.ts';
import type { AdSession, CreateRequest } from '../ad-platform.ts';
import { biddingOf } from './bidding.ts';
import { toLittleText } from './commentary.ts';
import type { Row } from './read.ts';
import { targetingOf } from './targeting.ts';
import { urn } from './urn.ts';

type Account = Pick<AdSession, 'accountExternalId' | 'now'>;

/** One create in the platform's words. Everything is made paused and carries its client token at the end of its name. */
export function toCreate(session: Account, request: CreateRequest): Row {
  const account = urn.account(session.accountExternalId);
  switch (request.kind) {
    case 'campaign': {
      const { startTime } = request.spec as CampaignSpec;
      return { account, name: request.name, status: 'PAUSED', runSchedule: { start: startOf(session, startTime) } };
    }
    case 'ad_set': {
      const spec = request.spec as AdSetSpec;
      return { account, ...adSet(request, spec), runSchedule: { start: startOf(session, spec.startTime) } };
    }
    case 'ad':
      return { creative: creative(request, account) };
    case 'creative':
      throw new RangeError('an ad holds its content itself on LinkedIn');
  }
}

/** A start has to be named, and one that is long past is refused: without a wish it is now. */
function startOf({ now = () => new Date() }: Account, startTime: string | null): number {
  return startTime === null ? now().getTime() : Date.parse(startTime);
}

function adSet(request: CreateRequest, spec: AdSetSpec): Row {
  const { currency } = request.account;
  const money = (minor: number): Row => ({ amount: formatDecimal(BigInt(minor), currency), currencyCode: currency });
  const { optimizationTargetType, costType, unitMinor } = biddingOf(spec);
  const [media, ...others] = spec.mediaKinds;
  if (media === undefined || others.length > 0) throw new RangeError(`${request.name} has to show pictures or videos`);
  if (spec.dailyBudgetMinor === null) throw new RangeError(`${request.name} has no daily budget`);
  return {
    campaignGroup: urn.group(parent(request, 'campaign')),
    associatedEntity: urn.organization(spec.pageId),
    name: request.name,
    status: 'PAUSED',
    type: 'SPONSORED_UPDATES',
    // Has to be named for videos at once; for pictures the first creative would decide.
    format: media === 'video' ? 'SINGLE_VIDEO' : 'STANDARD_UPDATE',
    objectiveType: spec.objective,
    optimizationTargetType,
    costType,
    unitCost: money(unitMinor ?? 0),
    dailyBudget: money(spec.dailyBudgetMinor),
    locale: localeOf(spec.locale),
    targetingCriteria: targetingOf(spec),
    politicalIntent: spec.political ? 'POLITICAL' : 'NOT_POLITICAL',
    // Other sites and a wider audience than planned: off unless the plan says on.
    offsiteDeliveryEnabled: spec.enhancements['offsiteDeliveryEnabled'] === true,
    audienceExpansionEnabled: spec.enhancements['audienceExpansionEnabled'] === true,
  };
}

function localeOf(text: string | null): Row {
  const [language, country] = text?.split('_') ?? [];
  if (language === undefined || country === undefined) throw new RangeError('the language of the ads is not said');
  return { country, language };
}

/** Creative and post at once: nothing of the two is left to be found by its own name alone. */
function creative(request: CreateRequest, account: string): Row {
  const { creative: spec } = request.spec as AdSpec;
  const [file] = request.parents.media ?? [];
  if (!spec || !file) throw new RangeError(`ad ${request.name} has no content`);
  const label = LINKEDIN.callsToAction[spec.callToAction];
  if (label === undefined) throw new RangeError(`LinkedIn has no button ${spec.callToAction}`);
  const link = landingPage(spec, request.clientToken);
  return {
    name: request.name,
    campaign: urn.campaign(parent(request, 'ad_set')),
    intendedStatus: 'PAUSED',
    ...(spec.leadFormId === null ? {} : { leadgenCallToAction: { destination: urn.form(spec.leadFormId), label } }),
    inlineContent: {
      post: {
        adContext: { dscAdAccount: account, dscStatus: 'ACTIVE', dscName: request.name },
        author: urn.organization(spec.pageId),
        commentary: toLittleText(spec.primaryText),
        visibility: 'PUBLIC',
        lifecycleState: 'PUBLISHED',
        isReshareDisabledByAuthor: false,
        ...(link === null ? {} : { contentCallToActionLabel: label, contentLandingPage: link }),
        content: { media: { id: file.externalId, title: spec.headline } },
      },
    },
  };
}

/** The link with what does not depend on the platform; what it fills in is kept on the campaign, and no key is given twice. */
function landingPage({ linkUrl, urlTags }: CreativeSpec, token: string): string | null {
  if (linkUrl === null) return null;
  const { fixed } = partUtm(urlTags, 'linkedin');
  return addToLink(linkUrl, [fixed, `inlay=${token}`].filter((part) => part !== '').join('&'));
}

function parent(request: CreateRequest, kind: 'campaign' | 'ad_set'): string {
  const id = request.parents[kind];
  if (id === undefined) throw new RangeError(`${request.kind} ${request.name} has no ${kind}`);
  return id;
}

import { asAddress, asSet, asText, emptyAsNull, type FieldRule } from '#shared/rules/compare-as-built.ts';
import type { AdSetSpec, CampaignSpec } from '#shared/rules/planned-item.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { driftOf, type FieldDrift } from '../drift-of.ts';
import { biddingOf } from './bidding.ts';
import { fromLittleText } from './commentary.ts';
import { completedOf } from './complete.ts';
import { isRow, type Row } from './read.ts';
import { targetingLines } from './targeting.ts';
import { toCreate } from './to-create.ts';
import { numberOf } from './urn.ts';

/** Every field we set, planned against found, each under the platform's own name. */
export function compareObject(request: CreateRequest, found: AsBuilt): FieldDrift[] {
  // The account of a request is the one it is sent to; it stands in no field of its own.
  const planned = toCreate({ accountExternalId: '0' }, request);
  const [wanted, built] =
    request.kind === 'ad'
      ? [adFields((planned['creative'] ?? {}) as Row, inlinePost(planned)), adFields(found.fields, found.fields['post'])]
      : [objectFields(request, planned), objectFields(request, found.fields)];
  if (request.kind === 'ad_set') {
    const { tracking, conversion } = completedOf(request.spec as AdSetSpec);
    if (Object.keys(tracking).length > 0)
      [wanted['adTrackingParameters'], built['adTrackingParameters']] = [pairs(tracking), pairs(found.fields['tracking'])];
    if (conversion !== null) [wanted['conversions'], built['conversions']] = [[conversion], found.fields['conversions']];
  }
  return driftOf(wanted, built, () => RULE);
}

const RULE: FieldRule = { rule: 'normalised', normalise: (value) => emptyAsNull(asSet(asText(value))) };

/** A group's or campaign's fields as they can be held side by side; what the platform decides is left out on both sides. */
function objectFields(request: CreateRequest, row: Row): Row {
  const { startTime } = request.spec as CampaignSpec | AdSetSpec;
  const schedule = isRow(row['runSchedule']) ? row['runSchedule'] : {};
  const common: Row = {
    name: row['name'],
    status: row['status'],
    ...(startTime === null ? {} : { 'runSchedule.start': schedule['start'] }),
  };
  if (request.kind === 'campaign') return common;
  const locale = isRow(row['locale']) ? row['locale'] : {};
  return {
    ...common,
    ...Object.fromEntries(
      ['type', 'format', 'optimizationTargetType', 'costType', 'politicalIntent', 'offsiteDeliveryEnabled', 'audienceExpansionEnabled'].map(
        (field) => [field, row[field]],
      ),
    ),
    campaignGroup: numberOf(row['campaignGroup']),
    associatedEntity: numberOf(row['associatedEntity']),
    // Both spellings are seen, with an S and without.
    objectiveType: String(row['objectiveType']).replace(/S$/, ''),
    dailyBudget: money(row['dailyBudget']),
    // Where the platform bids by itself, so it names the bid.
    ...(biddingOf(request.spec as AdSetSpec).unitMinor === null ? {} : { unitCost: money(row['unitCost']) }),
    locale: `${String(locale['language'])}_${String(locale['country'])}`,
    targetingCriteria: targetingLines(row['targetingCriteria']),
  };
}

function adFields(creative: Row, post: unknown): Row {
  const button = isRow(creative['leadgenCallToAction']) ? creative['leadgenCallToAction'] : {};
  const { author, commentary, contentCallToActionLabel, contentLandingPage, content } = isRow(post) ? post : {};
  const media = isRow(content) && isRow(content['media']) ? content['media'] : {};
  return {
    name: creative['name'],
    status: creative['intendedStatus'],
    campaign: numberOf(creative['campaign']),
    'leadgenCallToAction.destination': button['destination'] === undefined ? null : numberOf(button['destination']),
    'leadgenCallToAction.label': button['label'],
    author: numberOf(author),
    commentary: typeof commentary === 'string' ? fromLittleText(commentary) : commentary,
    'content.media.id': media['id'],
    'content.media.title': media['title'],
    contentCallToActionLabel,
    contentLandingPage: asAddress(contentLandingPage),
  };
}

function inlinePost(planned: Row): unknown {
  const inline = isRow(planned['creative']) ? planned['creative']['inlineContent'] : null;
  return isRow(inline) ? inline['post'] : null;
}

/** "50.00" and "50" are the same amount. */
function money(value: unknown): string | null {
  if (!isRow(value)) return null;
  return `${String(value['amount'])
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')} ${String(value['currencyCode'])}`;
}

const pairs = (record: unknown): string[] => (isRow(record) ? Object.entries(record).map(([key, value]) => `${key}=${String(value)}`) : []);

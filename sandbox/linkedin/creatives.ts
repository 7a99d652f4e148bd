import { Checks } from './checks.ts';
import { checkName, given, isRecord, refuseUnknown } from './entity-fields.ts';
import { CREATIVE_STATUSES, FORM_BUTTONS, objectiveOf } from './enums.ts';
import type { Json, LiCall } from './li-call.ts';
import { badRequest, invalidValue, missingField } from './li-error.ts';
import { makeObject } from './make-object.ts';
import { changedFields } from './patch.ts';
import { checkPost, makePost } from './posts.ts';
import { afterStatus, checkStatus, isGone, statusOf } from './status.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { idInUrn } from './urn.ts';
import type { LiWorld } from './world.ts';

const WRITABLE = new Set(['name', 'campaign', 'intendedStatus', 'content', 'leadgenCallToAction']);
const CHANGEABLE = new Set(['name', 'intendedStatus', 'leadgenCallToAction']);

/** A campaign takes creatives of one format; the first one decides when nothing was said [D]. */
function checkFormat(world: LiWorld, campaign: LiObject, format: string): void {
  const wanted = campaign.fields['format'];
  const isTextCampaign = campaign.fields['type'] === 'TEXT_AD';
  if (isTextCampaign !== (format === 'TEXT_AD') || (given(wanted) && wanted !== format)) {
    throw badRequest(`Creative of format ${format} does not fit the campaign's ${String(wanted ?? campaign.fields['type'])}`);
  }
  if (!given(wanted)) world.store.change(campaign, { format }, world.core.now());
}

/** [D] 15 active and 85 inactive creatives per campaign, 15,000 per account. */
function checkCounts(world: LiWorld, campaign: LiObject, isActive: boolean, without: LiObject | null): void {
  const isThere = (one: LiObject): boolean => one !== without && statusOf(world, one) !== 'REMOVED';
  const siblings = world.store.creativesOf(campaign.urn).filter(isThere);
  const active = siblings.filter((one) => one.fields['intendedStatus'] === 'ACTIVE').length;
  const { activeCreatives, inactiveCreatives, creativesPerAccount } = world.settings;
  if (isActive && active >= activeCreatives) throw badRequest(`The campaign has reached its limit of ${activeCreatives} active creatives`);
  if (!isActive && siblings.length - active >= inactiveCreatives) {
    throw badRequest(`The campaign has reached its limit of ${inactiveCreatives} inactive creatives`);
  }
  // Counting all of an account is dear, so only where the limit can be near.
  const ever = world.store.inAccount('creative', campaign.accountId ?? '');
  if (without === null && ever.length >= creativesPerAccount && ever.filter(isThere).length >= creativesPerAccount) {
    throw badRequest(`The account has reached its limit of ${creativesPerAccount} creatives`);
  }
}

function checkForm(world: LiWorld, campaign: LiObject, creative: Json): void {
  const button = creative['leadgenCallToAction'];
  if (!given(button)) {
    if (objectiveOf(campaign.fields['objectiveType']) === 'LEAD_GENERATION') throw missingField('leadgenCallToAction');
    return;
  }
  const { destination, label } = isRecord(button) ? button : {};
  const id = idInUrn(destination, 'adForm') ?? idInUrn(destination, 'leadGenForm');
  const form = world.store.all('form').find((one) => one.id === id && one.accountId === campaign.accountId);
  if (form === undefined) throw badRequest(`leadgenCallToAction/destination: ${String(destination)} does not exist in this account`);
  if (!(FORM_BUTTONS as readonly unknown[]).includes(label)) throw invalidValue('leadgenCallToAction/label', label);
}

/** Name, status, campaign and form: the same for every way to make a creative. Returns the campaign. */
function checkCreative(world: LiWorld, account: LiObject, creative: Json, before: LiObject | null): LiObject {
  const campaign = world.store.find('campaign', creative['campaign']);
  if (!given(creative['campaign'])) throw missingField('campaign');
  if (campaign === undefined || campaign.accountId !== account.id)
    throw badRequest(`campaign: ${String(creative['campaign'])} does not exist`);
  const campaignStatus = statusOf(world, campaign);
  if (before === null && (isGone(campaignStatus) || campaignStatus === 'CANCELED' || campaignStatus === 'ARCHIVED')) {
    throw badRequest(`campaign: ${campaign.urn} is ${campaignStatus}`);
  }
  const checks = new Checks();
  checkName(checks, creative, false);
  if (!given(creative['intendedStatus'])) checks.missing('intendedStatus');
  else
    checkStatus(checks, 'intendedStatus', before === null ? null : statusOf(world, before), creative['intendedStatus'], CREATIVE_STATUSES);
  checks.done();
  checkForm(world, campaign, creative);
  const isActive = creative['intendedStatus'] === 'ACTIVE';
  const wasActive = before?.fields['intendedStatus'] === 'ACTIVE';
  if (before === null || isActive !== wasActive) checkCounts(world, campaign, isActive, before);
  return campaign;
}

function make(world: LiWorld, creative: Json, campaign: LiObject, call: LiCall): LiObject {
  const fields = { ...creative, isTest: campaign.fields['test'] === true };
  const inner = creative['intendedStatus'] === 'DRAFT' ? {} : startReview(world);
  return makeObject(world, { kind: 'creative', type: 'sponsoredCreative', accountId: campaign.accountId, fields, inner }, call);
}

/** A creative that leaves draft is looked at by people. */
function startReview(world: LiWorld): Json {
  return { reviewSince: world.core.now(), reviewEnd: world.settings.nextReviews.shift() ?? 'APPROVED' };
}

/** POST /creatives: refers to a post that exists, or is a text ad by itself. */
export function createCreative(world: LiWorld, account: LiObject, creative: Json, call: LiCall): LiObject {
  refuseUnknown(creative, WRITABLE);
  const content = creative['content'];
  if (!isRecord(content)) throw missingField('content');
  const campaign = checkCreative(world, account, creative, null);
  const { reference, textAd } = content;
  if (isRecord(textAd)) {
    for (const name of ['headline', 'description', 'landingPage']) if (!given(textAd[name])) throw missingField(`content/textAd/${name}`);
    checkFormat(world, campaign, 'TEXT_AD');
    return make(world, creative, campaign, call);
  }
  const post = world.store.find('post', reference);
  if (post === undefined) throw badRequest(`content/reference: ${String(reference)} does not exist`);
  checkFormat(world, campaign, String(post.inner['format'] ?? 'STANDARD_UPDATE'));
  return make(world, creative, campaign, call);
}

/** POST /creatives?action=createInline: the post and the creative in one call [D]; both or neither come into being. */
export function createInline(world: LiWorld, account: LiObject, sent: Json, call: LiCall, who: LiToken): LiObject {
  const { inlineContent, ...creative } = sent;
  refuseUnknown(creative, WRITABLE, 'creative/');
  const post = isRecord(inlineContent) ? inlineContent['post'] : null;
  if (!isRecord(post)) throw missingField('creative/inlineContent/post');
  const context = post['adContext'];
  if (!isRecord(context)) throw missingField('creative/inlineContent/post/adContext');
  if (context['dscAdAccount'] !== account.urn) throw badRequest('adContext/dscAdAccount must be the ad account of the path');
  const campaign = checkCreative(world, account, creative, null);
  const format = checkPost(world, who, post);
  checkFormat(world, campaign, format);
  const made = makePost(world, post, call);
  made.inner['format'] = format;
  return make(world, { ...creative, content: { reference: made.urn } }, campaign, call);
}

export function changeCreative(world: LiWorld, account: LiObject, creative: LiObject, after: Json): void {
  const changes = changedFields(creative.fields, after);
  for (const name of Object.keys(changes)) {
    if (!WRITABLE.has(name)) refuseUnknown({ [name]: null }, WRITABLE);
    if (!CHANGEABLE.has(name)) throw badRequest(`Field ${name} cannot be changed`);
  }
  checkCreative(world, account, after, creative);
  if (creative.fields['intendedStatus'] === 'DRAFT' && after['intendedStatus'] !== 'DRAFT')
    Object.assign(creative.inner, startReview(world));
  afterStatus(world, creative, changes);
  world.store.change(creative, changes, world.core.now());
  world.core.touch();
}

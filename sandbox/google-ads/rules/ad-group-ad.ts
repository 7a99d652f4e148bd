import { checkLength, follow, listOf, missing, part, refuse, text, type Operation } from '../operation.ts';
import { messageOf } from '../proto-schema.ts';
import type { Fields } from '../read-message.ts';
import { checkLists, checkUrls, type Limits } from './ad-texts.ts';
import { checkPicture, type PictureField } from './image-fit.ts';
import { isRemoved, type Rule } from './rule.ts';
import { checkStatus } from './status.ts';

const KINDS = messageOf('resources.Ad').fields.filter((field) => field.o === 'ad_data');
const typeOfAd = (snake: string): string => snake.toUpperCase();

/** Kinds of ads that are shown and no longer made: the deny list. */
const GONE: Record<string, string | undefined> = {
  textAd: 'CANNOT_CREATE_TEXT_ADS',
  expandedTextAd: 'CANNOT_CREATE_DEPRECATED_ADS',
  legacyResponsiveDisplayAd: 'CANNOT_CREATE_DEPRECATED_ADS',
  legacyAppInstallAd: 'CANNOT_CREATE_DEPRECATED_ADS',
};
/** What a campaign of a kind may show. */
const ALLOWED: Record<string, readonly string[] | undefined> = {
  SEARCH: ['responsiveSearchAd', 'expandedDynamicSearchAd'],
  DISPLAY: ['responsiveDisplayAd', 'imageAd', 'displayUploadAd'],
  DEMAND_GEN: ['demandGenMultiAssetAd', 'demandGenCarouselAd', 'demandGenVideoResponsiveAd', 'demandGenProductAd'],
};
/** Running responsive search ads in one ad group [K]. */
const MOST_RUNNING = 3;

const limit = (camel: string, least: number, most: number, letters?: number): Limits => ({
  camel,
  snake: camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  least,
  most,
  ...(letters === undefined ? {} : { letters }),
});
const LISTS: Record<string, readonly Limits[] | undefined> = {
  responsiveSearchAd: [limit('headlines', 3, 15, 30), limit('descriptions', 2, 4, 90)],
  responsiveDisplayAd: [
    limit('marketingImages', 1, 15),
    limit('squareMarketingImages', 1, 15),
    limit('headlines', 1, 5, 30),
    limit('descriptions', 1, 5, 90),
  ],
  demandGenMultiAssetAd: [limit('headlines', 1, 5, 40), limit('descriptions', 1, 5, 90), limit('logoImages', 1, 5)],
  demandGenVideoResponsiveAd: [
    limit('headlines', 1, 5, 40),
    limit('longHeadlines', 1, 5, 90),
    limit('descriptions', 1, 5, 90),
    limit('videos', 1, 5),
    limit('logoImages', 1, 1),
  ],
};
const PICTURES: Record<string, PictureField | undefined> = {
  marketingImages: 'MARKETING_IMAGE',
  squareMarketingImages: 'SQUARE_MARKETING_IMAGE',
  portraitMarketingImages: 'PORTRAIT_MARKETING_IMAGE',
  tallPortraitMarketingImages: 'TALL_PORTRAIT_MARKETING_IMAGE',
  squareLogoImages: 'LOGO',
  logoImages: 'LOGO',
};

function checkAssets(op: Operation, info: Fields, place: string): void {
  for (const [camel, field] of Object.entries(PICTURES)) {
    if (field === undefined) continue;
    // A display ad's own "logo images" are the wide ones.
    const wanted = camel === 'logoImages' && place.endsWith('responsive_display_ad') ? 'LANDSCAPE_LOGO' : field;
    for (const entry of listOf(info[camel])) checkPicture(op, follow(op, part(entry)['asset'], 'asset', place), wanted, place);
  }
  for (const entry of listOf(info['videos'])) {
    const video = follow(op, part(entry)['asset'], 'asset', `${place}.videos`);
    if (video.fields['type'] !== 'YOUTUBE_VIDEO')
      throw refuse(op, 'adError', 'VIDEO_RETRIEVAL_ERROR', 'The asset is not a video.', `${place}.videos`, video.name);
  }
}

/** Judges the content of an ad; `place` is where it stands below the operation. */
export function checkAd(op: Operation, ad: Fields, place: string): string {
  const kind = KINDS.find((field) => ad[field.camel] !== undefined);
  if (kind === undefined) throw missing(op, `${place}.ad_data`);
  const info = part(ad[kind.camel]);
  const at = `${place}.${kind.snake}`;
  const urls = listOf(ad['finalUrls']);
  if (urls.length === 0) throw missing(op, `${place}.final_urls`);
  checkUrls(op, urls, `${place}.final_urls`);
  checkLists(op, info, at, LISTS[kind.camel] ?? []);
  const [path1, path2] = [text(info['path1']), text(info['path2'])];
  if (path2 !== null && path1 === null)
    throw refuse(op, 'adError', 'CANNOT_SET_PATH2_WITHOUT_PATH1', 'Cannot set path2 without path1.', `${at}.path2`);
  for (const path of [path1, path2]) if (path !== null) checkLength(op, path, 15, `${at}.path1`);
  if (kind.camel === 'responsiveDisplayAd' && part(info['longHeadline'])['text'] === undefined) throw missing(op, `${at}.long_headline`);
  if (kind.camel !== 'responsiveSearchAd' && 'businessName' in Object.fromEntries(messageOf(kind.t).fields.map((one) => [one.camel, true])))
    if (info['businessName'] === undefined) throw missing(op, `${at}.business_name`);
  checkAssets(op, info, at);
  return kind.camel;
}

function checkRunning(op: Operation, fields: Fields, self: string | null): void {
  if (fields['status'] !== 'ENABLED' || part(fields['ad'])['responsiveSearchAd'] === undefined) return;
  const running = op.world.store
    .byKey(`in ${String(fields['adGroup'])}`)
    .filter((one) => one.name !== self && one.fields['status'] === 'ENABLED' && part(one.fields['ad'])['responsiveSearchAd'] !== undefined);
  if (running.length >= MOST_RUNNING)
    throw refuse(
      op,
      'resourceCountLimitExceededError',
      'RESOURCE_LIMIT',
      'The ad group has too many enabled responsive search ads.',
      'status',
      String(MOST_RUNNING),
    );
}

export const adGroupAd: Rule = {
  create(op, fields) {
    const adGroup = follow(op, fields['adGroup'], 'ad_group', 'ad_group');
    const ad = { ...part(fields['ad']) };
    const gone = KINDS.map((field) => (ad[field.camel] === undefined ? undefined : GONE[field.camel])).find((one) => one !== undefined);
    if (gone !== undefined) throw refuse(op, 'adGroupAdError', gone, 'Ads of this kind can no longer be created.', 'ad');
    const kind = checkAd(op, ad, 'ad');
    const channel = String(op.world.store.get(String(adGroup.fields['campaign']))?.fields['advertisingChannelType']);
    if (ALLOWED[channel]?.includes(kind) === false)
      throw refuse(
        op,
        'operationAccessDeniedError',
        'OPERATION_NOT_PERMITTED_FOR_AD_GROUP_TYPE',
        'The ad is not allowed in this ad group.',
        'ad',
      );
    const id = String(fields['resourceName']).split('~')[1];
    const snake = KINDS.find((field) => field.camel === kind)?.snake ?? kind;
    fields['ad'] = {
      ...ad,
      resourceName: `customers/${op.caller.customerId}/ads/${id}`,
      id,
      type: typeOfAd(snake),
      addedByGoogleAds: false,
    };
    checkStatus(op, fields);
    checkRunning(op, fields, null);
  },
  update(op, fields, before) {
    checkStatus(op, fields);
    checkRunning(op, fields, before.name);
  },
  keys: (fields) => (isRemoved(fields) ? [] : [`in ${String(fields['adGroup'])}`, String(part(fields['ad'])['resourceName'])]),
  removal: 'status',
};

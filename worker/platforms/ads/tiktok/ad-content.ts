import { TIKTOK } from '#shared/rules/ad-platforms/tiktok.ts';
import type { AdSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { addToLink } from '#shared/rules/utm.ts';
import type { CreateRequest } from '../ad-platform.ts';
import type { TiktokParams } from './client.ts';
import { readIdentity } from './identity.ts';

/** Texts of a Smart+ ad; it shows one of them at a time. */
const MOST_TEXTS = 5;

export const contentOf = (request: CreateRequest): CreativeSpec => {
  const { creative } = request.spec as AdSpec;
  if (creative === null) throw new RangeError(`ad ${request.name} has no content`);
  return creative;
};

/** The form an ad opens, or the page it leads to with what is added to its address. */
export function destinationOf(spec: CreativeSpec, clientToken: string): { form: string } | { page: string } {
  if (spec.leadFormId !== null && spec.objective === 'LEAD_GENERATION') return { form: spec.leadFormId };
  if (spec.linkUrl === null) throw new RangeError('an ad without a form needs a link');
  return { page: addToLink(spec.linkUrl, [spec.urlTags, `inlay=${clientToken}`].filter((part) => part !== '').join('&')) };
}

export const enhancementsOf = ({ enhancements }: CreativeSpec): string[] =>
  Object.keys(enhancements)
    .filter((name) => enhancements[name] === true)
    .toSorted();

function mediaOf(request: CreateRequest) {
  const [file, still] = request.parents.media ?? [];
  if (!file) throw new RangeError(`ad ${request.name} has no media`);
  return { file, still };
}

const button = ({ callToAction }: CreativeSpec): string | undefined => TIKTOK.callsToAction[callToAction];

/** One of the `creatives` of a classic call. Numbers and dates are decided elsewhere; ids stay the text they are. */
export function classicCreative(request: CreateRequest): TiktokParams {
  const spec = contentOf(request);
  const { file, still } = mediaOf(request);
  const where = destinationOf(spec, request.clientToken);
  const on = enhancementsOf(spec);
  return {
    ad_name: request.name,
    operation_status: 'DISABLE',
    ...readIdentity(spec.pageId),
    ...(file.kind === 'video'
      ? { ad_format: 'SINGLE_VIDEO', video_id: file.externalId, ...(still ? { image_ids: [still.externalId] } : {}) }
      : { ad_format: 'SINGLE_IMAGE', image_ids: [file.externalId] }),
    ad_text: spec.primaryText,
    call_to_action: button(spec),
    ...('form' in where ? { page_id: where.form } : { landing_page_url: where.page }),
    ...(on.length === 0 ? {} : { creative_auto_enhancement_strategy_list: on }),
  };
}

/** One planned ad is one Smart+ ad of one creative, so that each is found, changed and undone alone. */
export function smartAd(request: CreateRequest): TiktokParams {
  const spec = contentOf(request);
  const { file, still } = mediaOf(request);
  const where = destinationOf(spec, request.clientToken);
  const word = button(spec);
  const texts = [spec.primaryText, ...spec.morePrimaryTexts].filter((text) => text !== '').slice(0, MOST_TEXTS);
  // Smart+ knows no ad of a single picture but a carousel of one (unconfirmed on the platform).
  const media =
    file.kind === 'video'
      ? {
          ad_format: 'SINGLE_VIDEO',
          video_info: { video_id: file.externalId },
          ...(still ? { image_info: [{ web_uri: still.externalId }] } : {}),
        }
      : { ad_format: 'CAROUSEL_ADS', image_info: [{ web_uri: file.externalId }] };
  return {
    ad_name: request.name,
    operation_status: 'DISABLE',
    creative_list: [{ creative_info: { ...media, ...readIdentity(spec.pageId) } }],
    ad_text_list: texts.map((text) => ({ ad_text: text })),
    call_to_action_list: word === undefined ? [] : [{ call_to_action: word }],
    ...('form' in where ? { page_list: [{ page_id: where.form }] } : { landing_page_url_list: [{ landing_page_url: where.page }] }),
  };
}

import { mayPostFor } from './access.ts';
import { given, isRecord, refuseUnknown } from './entity-fields.ts';
import { POST_BUTTONS } from './enums.ts';
import type { Json, LiCall } from './li-call.ts';
import { badRequest, forbidden, missingField } from './li-error.ts';
import { makeObject } from './make-object.ts';
import { mediaStatus } from './media.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import type { LiWorld } from './world.ts';

const POST_FIELDS = new Set([
  'adContext',
  'author',
  'commentary',
  'visibility',
  'distribution',
  'lifecycleState',
  'isReshareDisabledByAuthor',
  'contentCallToActionLabel',
  'contentLandingPage',
  'content',
]);
const AD_CONTEXT_FIELDS = new Set(['dscAdAccount', 'dscStatus', 'dscName', 'dscAdType']);
/** Longest introduction, headline and description: launching guide, the newest page each; [D] of two ages, the last two one source. */
const LONGEST = { commentary: 3000, title: 200, description: 300 } as const;
const CARDS = { least: 2, most: 10 } as const;

function checkMedia(world: LiWorld, urn: unknown, kinds: readonly ('image' | 'video')[], path: string): void {
  const media = world.store.get(urn);
  if (media === undefined || !kinds.some((kind) => kind === media.kind)) throw badRequest(`${path}: ${String(urn)} does not exist`);
  const status = mediaStatus(world, media);
  if (status !== 'AVAILABLE') throw badRequest(`${path}: ${media.urn} is ${status}, not AVAILABLE`);
}

function checkText(part: Json, name: keyof typeof LONGEST, path: string): void {
  const text = part[name];
  if (!given(text)) return;
  if (typeof text !== 'string') throw badRequest(`${path}${name} must be a string`);
  if (text.length > LONGEST[name]) throw badRequest(`${path}${name} is longer than ${LONGEST[name]} characters`);
}

function link(value: unknown, path: string): void {
  if (typeof value !== 'string' || !URL.canParse(value)) throw badRequest(`${path} must be a URL`);
}

/** Exactly one of media, article and carousel; the answer is the ad format it makes. */
function checkContent(world: LiWorld, content: Json): string {
  refuseUnknown(content, new Set(['media', 'article', 'carousel']), 'content/');
  const { media, article, carousel } = content;
  if ([media, article, carousel].filter(given).length !== 1) throw badRequest('content must have exactly one member');
  if (isRecord(media)) {
    refuseUnknown(media, new Set(['id', 'title', 'altText']), 'content/media/');
    checkMedia(world, media['id'], ['image', 'video'], 'content/media/id');
    checkText(media, 'title', 'content/media/');
    return String(media['id']).startsWith('urn:li:video:') ? 'SINGLE_VIDEO' : 'STANDARD_UPDATE';
  }
  if (isRecord(article)) {
    refuseUnknown(article, new Set(['source', 'title', 'description', 'thumbnail', 'thumbnailAltText']), 'content/article/');
    link(article['source'], 'content/article/source');
    checkText(article, 'title', 'content/article/');
    checkText(article, 'description', 'content/article/');
    if (given(article['thumbnail'])) checkMedia(world, article['thumbnail'], ['image'], 'content/article/thumbnail');
    return 'STANDARD_UPDATE';
  }
  const cards = isRecord(carousel) ? carousel['cards'] : null;
  if (!Array.isArray(cards) || cards.length < CARDS.least || cards.length > CARDS.most) {
    throw badRequest(`content/carousel needs ${CARDS.least} to ${CARDS.most} cards`);
  }
  for (const [place, card] of cards.entries()) {
    const path = `content/carousel/cards/${place}`;
    const inner = isRecord(card) ? card['media'] : null;
    if (!isRecord(card) || !isRecord(inner)) throw badRequest(`${path} needs media`);
    checkMedia(world, inner['id'], ['image'], `${path}/media/id`);
    checkText(inner, 'title', `${path}/media/`);
    link(card['landingPage'], `${path}/landingPage`);
  }
  return 'CAROUSEL';
}

/** Everything the platform asks of a post [D for the fields, K for the words]; returns the ad format it makes. */
export function checkPost(world: LiWorld, who: LiToken, post: Json): string {
  refuseUnknown(post, POST_FIELDS);
  for (const name of ['author', 'commentary', 'visibility', 'lifecycleState']) if (!given(post[name])) throw missingField(name);
  if (world.store.find('organization', post['author']) === undefined) throw badRequest(`author: ${String(post['author'])} does not exist`);
  if (!mayPostFor(world, who.memberId, post['author'])) {
    throw forbidden(`Organization permissions must be used when using organization as author: ${String(post['author'])}`);
  }
  if (post['visibility'] !== 'PUBLIC') throw badRequest('visibility must be PUBLIC');
  if (post['lifecycleState'] !== 'PUBLISHED') throw badRequest('lifecycleState must be PUBLISHED');
  checkText(post, 'commentary', '');
  const context = post['adContext'];
  if (given(context)) {
    if (!isRecord(context)) throw badRequest('adContext must be a record');
    refuseUnknown(context, AD_CONTEXT_FIELDS, 'adContext/');
    if (world.store.find('account', context['dscAdAccount']) === undefined) throw badRequest('adContext/dscAdAccount does not exist');
  }
  const button = post['contentCallToActionLabel'];
  if (given(button)) {
    if (!(POST_BUTTONS as readonly unknown[]).includes(button))
      throw badRequest(`contentCallToActionLabel ${String(button)} is not an enum symbol`);
    if (!given(post['contentLandingPage'])) throw missingField('contentLandingPage');
  }
  if (given(post['contentLandingPage'])) link(post['contentLandingPage'], 'contentLandingPage');
  return isRecord(post['content']) ? checkContent(world, post['content']) : 'STANDARD_UPDATE';
}

export function makePost(world: LiWorld, post: Json, call: LiCall): LiObject {
  const { dscAdAccount } = (post['adContext'] ?? {}) as { dscAdAccount?: string };
  const account = world.store.find('account', dscAdAccount);
  const made = makeObject(world, { kind: 'post', type: 'share', accountId: account?.id ?? null, fields: { ...post } }, call);
  world.store.change(made, { publishedAt: made.createdAt }, made.createdAt);
  return made;
}

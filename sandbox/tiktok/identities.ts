import { makePage, readPage } from './paging.ts';
import { oneOf, requiredOneOf, requiredText, text, texts, type Params } from './params.ts';
import { IDENTITY_TYPES } from './enums.ts';
import type { TiktokObject } from './store.ts';
import { missingField, parameterError, refuse } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

/** Types under which a post of a TikTok account is shown (Spark) [T]. */
export const SPARK_TYPES = new Set<string>(['AUTH_CODE', 'BC_AUTH_TT', 'TT_USER']);

/** The identity a request names by type and id, of this advertiser and usable. */
export function readIdentity(world: TiktokWorld, advertiserId: string, params: Params): TiktokObject {
  const type = requiredOneOf(params, 'identity_type', IDENTITY_TYPES);
  const id = requiredText(params, 'identity_id');
  const identity = world.store.find('identity', id);
  if (identity === undefined || identity.advertiserId !== advertiserId || identity.fields['identity_type'] !== type) {
    throw parameterError(`identity_id: The identity ${id} of type ${type} does not exist.`);
  }
  refuse(
    type === 'BC_AUTH_TT' && text(params, 'identity_authorized_bc_id') !== identity.fields['identity_authorized_bc_id'],
    'identity_authorized_bc_id: Required for BC_AUTH_TT, and it must be the business center of the identity.',
  );
  refuse(identity.fields['available_status'] !== 'AVAILABLE', `identity_id: The identity ${id} cannot be used now.`);
  return identity;
}

export const listIdentities: Handler = (world, { params }, { advertiserId }) => {
  const type = oneOf(params, 'identity_type', IDENTITY_TYPES);
  const bc = text(params, 'identity_authorized_bc_id');
  if (type === 'BC_AUTH_TT' && bc === null) throw missingField('identity_authorized_bc_id');
  const found = world.store
    .of('identity', advertiserId)
    .filter(
      (one) => (type === null || one.fields['identity_type'] === type) && (bc === null || one.fields['identity_authorized_bc_id'] === bc),
    );
  const page = makePage(found, readPage(params, 100));
  return { identity_list: page.items.map((one) => ({ identity_id: one.id, ...one.fields })), page_info: page.page_info };
};

/** A post that an identity may use in ads, by item id. */
export function findPost(world: TiktokWorld, identityId: string, itemId: string): TiktokObject | undefined {
  const post = world.store.find('post', itemId);
  return post?.fields['identity_id'] === identityId ? post : undefined;
}

const showPost = (post: TiktokObject): Record<string, unknown> => ({
  item_id: post.id,
  item_type: 'VIDEO',
  text: post.fields['text'],
  status: 'ONLY_USER_PASS',
  auth_info: { ad_auth_status: 'AUTHORIZED' },
  video_info: post.fields['video_info'],
});

/** GET identity/video/info/: one or several posts of an identity. */
export const readIdentityPosts: Handler = (world, { params }, { advertiserId }) => {
  const identity = readIdentity(world, advertiserId, params);
  const one = text(params, 'item_id');
  const ids = one === null ? texts(params, 'item_ids') : [one];
  if (ids === null) throw missingField('item_id');
  const posts = ids.map((id) => {
    const post = findPost(world, identity.id, id);
    if (post === undefined) throw parameterError(`item_id: The post ${id} does not exist or is not authorized.`);
    return showPost(post);
  });
  return one === null ? { video_details: posts } : { video_detail: posts[0] };
};

/** GET identity/video/get/: the posts that can be used. Unverified [T]: paging by number here, by cursor on the platform. */
export const listIdentityPosts: Handler = (world, { params }, { advertiserId }) => {
  const identity = readIdentity(world, advertiserId, params);
  const page = makePage(
    world.store.all('post').filter((post) => post.fields['identity_id'] === identity.id),
    readPage(params, 20),
  );
  return { video_list: page.items.map(showPost), page_info: page.page_info };
};

import { accountByUrn, mayPostFor } from './access.ts';
import { batchByIds } from './batch.ts';
import { isRecord, requireBody } from './entity-fields.ts';
import { keyAt, type LiCall } from './li-call.ts';
import { badRequest, forbidden, missingField, notFound } from './li-error.ts';
import { finalizeVideo, initializeImage, initializeVideo, showMedia } from './media.ts';
import { offsetPage } from './paging.ts';
import { applyPatch, changedFields } from './patch.ts';
import { checkPost, makePost } from './posts.ts';
import { allowOnly, listOf, requiredText, textOf } from './query-values.ts';
import { isListed, show } from './show.ts';
import type { LiObject } from './store.ts';
import { created, noContent, ok, type Handler, type LiWorld } from './world.ts';

function postAt(world: LiWorld, call: LiCall): LiObject {
  const post = world.store.find('post', keyAt(call, 0));
  if (post === undefined) throw notFound(keyAt(call, 0));
  return post;
}

const createPost: Handler = (world, call, who) => {
  const body = requireBody(call.body);
  const format = checkPost(world, who, body);
  if (body['distribution'] === undefined) throw missingField('distribution');
  const post = makePost(world, body, call);
  post.inner['format'] = format;
  return created(post.urn);
};

function ownPost(world: LiWorld, call: LiCall, memberId: string): LiObject {
  const post = postAt(world, call);
  if (!mayPostFor(world, memberId, post.fields['author']))
    throw forbidden(`Member may not change posts of ${String(post.fields['author'])}`);
  return post;
}

const changePost: Handler = (world, call, who) => {
  const post = ownPost(world, call, who.memberId);
  const changes = changedFields(post.fields, applyPatch(post.fields, call.body));
  for (const name of Object.keys(changes)) {
    if (!['commentary', 'contentCallToActionLabel', 'contentLandingPage', 'adContext'].includes(name))
      throw badRequest(`Field ${name} cannot be changed`);
  }
  world.store.change(post, changes, world.core.now());
  world.core.touch();
  return noContent();
};

const deletePost: Handler = (world, call, who) => {
  world.store.remove(ownPost(world, call, who.memberId));
  world.core.touch();
  return noContent();
};

/** Posts of a page; direct sponsored ones have a finder of their own. */
const findPosts =
  (isSponsored: boolean): Handler =>
  (world, call) => {
    allowOnly(call, ['author', 'dscAdAccount', 'dscAdTypes', 'isDsc', 'sortBy', 'start', 'count']);
    const wanted = requiredText(call, isSponsored ? 'dscAdAccount' : 'author');
    const author = textOf(call, 'author');
    const found = world.store.all('post').filter((one) => {
      const { dscAdAccount } = (one.fields['adContext'] ?? {}) as { dscAdAccount?: string };
      if (!isListed(world, one)) return false;
      return isSponsored ? dscAdAccount === wanted : one.fields['author'] === author && dscAdAccount === undefined;
    });
    const { elements, paging } = offsetPage(call, found.reverse());
    return ok({ elements: elements.map((one) => show(world, one)), paging });
  };

function mediaAt(world: LiWorld, kind: 'image' | 'video', urn: string): LiObject {
  const media = world.store.find(kind, urn);
  if (media === undefined) throw notFound(urn);
  return media;
}

const readMedia =
  (kind: 'image' | 'video'): Handler =>
  (world, call) =>
    ok(showMedia(world, mediaAt(world, kind, keyAt(call, 0))));

const readManyMedia =
  (kind: 'image' | 'video'): Handler =>
  (world, call) =>
    batchByIds(listOf(call, 'ids') ?? [], false, (urn) => ({ status: 200, body: showMedia(world, mediaAt(world, kind, urn)) }));

/** The media library of an ad account, archived files too [T: callers in the wild; some apps are refused this finder]. */
const findMedia =
  (kind: 'image' | 'video'): Handler =>
  (world, call, who) => {
    allowOnly(call, ['associatedAccount', 'start', 'count']);
    const account = accountByUrn(world, who, requiredText(call, 'associatedAccount'), 'read');
    const inLibrary = world.store
      .inAccount(kind, account.id)
      .filter((one) => isListed(world, one) && isRecord(one.fields['mediaLibraryMetadata']));
    const { elements, paging } = offsetPage(call, inLibrary);
    return ok({ elements: elements.map((one) => showMedia(world, one)), paging });
  };

/** A file is taken out of the library by archiving it there; what shows it goes on [T]. */
const changeMedia =
  (kind: 'image' | 'video'): Handler =>
  (world, call, who) => {
    const media = mediaAt(world, kind, keyAt(call, 0));
    if (!mayPostFor(world, who.memberId, media.fields['owner']))
      throw forbidden(`Member may not change media of ${String(media.fields['owner'])}`);
    const changes = changedFields(media.fields, applyPatch(media.fields, call.body));
    for (const name of Object.keys(changes)) if (name !== 'mediaLibraryMetadata') throw badRequest(`Field ${name} cannot be changed`);
    const { mediaLibraryStatus } = (changes['mediaLibraryMetadata'] ?? {}) as { mediaLibraryStatus?: unknown };
    if (mediaLibraryStatus !== undefined && mediaLibraryStatus !== 'ACTIVE' && mediaLibraryStatus !== 'ARCHIVED')
      throw badRequest(`mediaLibraryStatus ${String(mediaLibraryStatus)} is not an enum symbol`);
    world.store.change(media, changes, world.core.now());
    world.core.touch();
    return noContent();
  };

export const POSTS_AND_MEDIA: Record<string, Handler> = {
  'CREATE posts': createPost,
  'GET posts/{}': (world, call) => ok(show(world, postAt(world, call))),
  'BATCH_GET posts': (world, call) =>
    batchByIds(listOf(call, 'ids') ?? [], false, (urn) => {
      const post = world.store.find('post', urn);
      if (post === undefined) throw notFound(urn);
      return { status: 200, body: show(world, post) };
    }),
  'PARTIAL_UPDATE posts/{}': changePost,
  'DELETE posts/{}': deletePost,
  'FINDER author posts': findPosts(false),
  'FINDER dscAdAccount posts': findPosts(true),
  'ACTION initializeUpload images': initializeImage,
  'GET images/{}': readMedia('image'),
  'BATCH_GET images': readManyMedia('image'),
  'FINDER associatedAccount images': findMedia('image'),
  'PARTIAL_UPDATE images/{}': changeMedia('image'),
  'ACTION initializeUpload videos': initializeVideo,
  'ACTION finalizeUpload videos': finalizeVideo,
  'GET videos/{}': readMedia('video'),
  'BATCH_GET videos': readManyMedia('video'),
  'FINDER associatedAccount videos': findMedia('video'),
  'PARTIAL_UPDATE videos/{}': changeMedia('video'),
};

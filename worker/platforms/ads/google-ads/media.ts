import { PlatformError } from '../../platform-error.ts';
import type { MediaLibrary } from '../ad-platform.ts';
import { callAds, unreadable } from './client.ts';
import { ids, queryRows, quoted } from './query.ts';

/**
 * Pictures of an ad account. Equal bytes are one asset, under the name it had first; assets cannot be taken out again, and one that no
 * ad uses is shown nowhere. Videos live on YouTube, under a channel and with rights of its own: none are sent from here yet.
 */
export const googleAdsMedia: MediaLibrary = {
  async image(session, file) {
    const answer = await callAds<{ results?: { resourceName?: unknown }[] }>(
      session,
      'POST',
      `customers/${session.accountExternalId}/assets:mutate`,
      { operations: [{ create: { name: file.name, type: 'IMAGE', imageAsset: { data: base64(file.bytes) } } }] },
    );
    const name = answer.results?.[0]?.resourceName;
    const id = typeof name === 'string' ? /\/assets\/(\d+)$/.exec(name)?.[1] : undefined;
    if (id === undefined) throw unreadable('The answer names no asset.', answer);
    return { externalId: id };
  },

  async state(session, kind, externalId) {
    if (kind === 'video')
      throw new PlatformError('missing', 'There are no videos of ours here.', { platform: 'google-ads', code: 'no_videos' });
    const rows = await queryRows(session, session.accountExternalId, `SELECT asset.id FROM asset WHERE asset.id IN ${ids([externalId])}`);
    return rows.length > 0 ? 'ready' : 'processing';
  },

  async find(session, kind, name) {
    if (kind === 'video') return [];
    const rows = await queryRows(
      session,
      session.accountExternalId,
      `SELECT asset.id, asset.name FROM asset WHERE asset.name = ${quoted(name)} AND asset.type = 'IMAGE' ORDER BY asset.id`,
    );
    return rows.map((row) => ({ externalId: String(row['asset']?.['id']), createdAt: null }));
  },
};

/** In pieces: a picture has more bytes than a call has room for arguments. */
function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let text = '';
  for (let from = 0; from < all.length; from += 32_768) text += String.fromCharCode(...all.subarray(from, from + 32_768));
  return btoa(text);
}

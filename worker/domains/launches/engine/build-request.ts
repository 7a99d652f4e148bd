import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { nameWithToken } from '#shared/rules/client-token.ts';
import type { AdSpec, CreativeSpec } from '#shared/rules/planned-item.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { CreateRequest, ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import type { AccountRow, ItemRow, Parent } from './run-state.ts';

export type ObjectRow = ItemRow & { kind: ObjectKind };
export const isObject = (item: ItemRow): item is ObjectRow => item.kind !== 'media';

/** The create of one item in our words; parents by the ids the platform gave them. */
export function buildRequest(
  item: Pick<ObjectRow, 'kind' | 'name' | 'clientToken' | 'spec' | 'dependsOn'>,
  account: Pick<AccountRow, 'currency' | 'timezone' | 'name'>,
  known: ReadonlyMap<string, Parent>,
): CreateRequest {
  const parents = item.dependsOn.flatMap((id) => known.get(id) ?? []);
  const one = (kind: Parent['kind']) => parents.find((parent) => parent.kind === kind)?.externalId;
  const [campaign, adSet, creative] = [one('campaign'), one('ad_set'), one('creative')];
  const content = contentOf(item);
  return {
    kind: item.kind,
    name: nameWithToken(item.name, item.clientToken),
    clientToken: item.clientToken,
    spec: item.spec,
    parents: {
      ...(campaign === undefined ? {} : { campaign }),
      ...(adSet === undefined ? {} : { ad_set: adSet }),
      ...(creative === undefined ? {} : { creative }),
      ...(content ? { media: mediaOf(content, parents) } : {}),
    },
    account: { currency: account.currency, timezone: account.timezone, advertiser: account.name },
  };
}

/** What an item shows: a creative, or an ad that holds its content itself. */
function contentOf(item: Pick<ObjectRow, 'kind' | 'spec'>): CreativeSpec | null {
  if (item.kind === 'creative') return item.spec as CreativeSpec;
  return item.kind === 'ad' ? (item.spec as AdSpec).creative : null;
}

/** Main file first, then the still picture of a video. */
function mediaOf(spec: CreativeSpec, parents: Parent[]): NonNullable<CreateRequest['parents']['media']> {
  return [spec.mediaPath, spec.thumbnailPath].flatMap((path) => {
    const media = parents.find((parent) => parent.kind === 'media' && parent.itemPath === path);
    return media
      ? [
          {
            externalId: media.externalId,
            kind: media.mediaKind ?? 'image',
            ...(media.thumbnail === null ? {} : { thumbnail: media.thumbnail }),
          },
        ]
      : [];
  });
}

/** Equal requests have equal hashes: a receipt shows whether a repeat asked for the same thing. */
export async function requestHash(item: ItemRow, request: CreateRequest | null): Promise<string> {
  return sha256Hex(
    canonicalJson(request === null ? { kind: 'media', spec: item.spec, token: item.clientToken } : JSON.parse(JSON.stringify(request))),
  );
}

import { useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { contentOf } from '#shared/rules/ad-content.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import type { PlacementId } from '#shared/rules/ad-platforms/platform-rules.ts';
import { adShape } from '#shared/rules/ad-shape.ts';
import { placementFor } from '#shared/rules/text-limits.ts';
import { Button } from '../../ui/button.tsx';
import { SmallSelect } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { AdPreview } from './ad-preview.tsx';
import type { DraftMedia } from './draft.ts';
import type { MadePlan } from './make-plan.ts';
import { useAccountPages } from './use-account-pages.ts';

const PER_PAGE = 8;

/** Plain previews of the ads as one place shows them, texts cut where that place cuts them; the platform's own will differ in detail. */
export function AdPreviews({ made, media, account }: { made: MadePlan; media: readonly DraftMedia[]; account: AdAccount }) {
  const [page, setPage] = useState(0);
  const [place, setPlace] = useState<PlacementId | ''>('');
  const { plan, expanded } = made;
  const within = adShape(plan)?.placement ?? null;
  const places = platformRules(plan.platform).placements.filter((one) => within === null || one.id === within);
  const ads = expanded.items.flatMap((item) => {
    const content = contentOf(item);
    return content === null ? [] : [{ path: item.itemPath, name: item.name, content }];
  });
  const pages = Math.max(1, Math.ceil(ads.length / PER_PAGE));
  const hashes = new Map(expanded.items.flatMap((item) => (item.kind === 'media' ? [[item.itemPath, item.spec.sha256] as const] : [])));
  const speaker = useSpeaker(account, made);
  return (
    <div class="stack-3">
      {places.length > 1 && (
        <div class="row-2">
          <SmallSelect
            label={t('previews.place')}
            value={place}
            onPick={setPlace}
            options={[{ value: '', label: t('previews.byShape') }, ...places.map(({ id }) => ({ value: id, label: t(`placement.${id}`) }))]}
          />
        </div>
      )}
      <div class="ad-grid">
        {ads.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map(({ path, name, content }) => (
          <AdPreview
            key={path}
            platform={plan.platform}
            place={places.find((one) => one.id === place) ?? placementFor(plan.platform, content.mediaRatio, within)}
            name={name}
            speaker={speaker}
            content={content}
            media={media.find((one) => one.sha256 === hashes.get(content.mediaPath ?? ''))}
          />
        ))}
      </div>
      {pages > 1 && (
        <div class="row-2">
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('previous')}
          </Button>
          <span class="small faint">{t('progress.ofTotal', { done: page + 1, total: pages })}</span>
          <Button disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {t('next')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whose ad it is, as people read it. */
function useSpeaker(account: AdAccount, { plan }: MadePlan): string {
  const pages = useAccountPages(account).data ?? [];
  const page = pages.find((one) => one.id === plan.settings.pageId);
  return plan.settings.brandName ?? page?.name ?? account.name;
}

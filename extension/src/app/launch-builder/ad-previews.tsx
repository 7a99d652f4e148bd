import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { fmt, t, wordOf } from '../../ui/i18n.ts';
import type { DraftMedia } from './draft.ts';
import type { MadePlan } from './make-plan.ts';
import { useFileUrl } from './use-file-url.ts';

const PER_PAGE = 6;
/** What a feed shows before "more". */
const VISIBLE_TEXT = 125;

type Creative = Extract<MadePlan['expanded']['items'][number], { kind: 'creative' }>;

/** Plain previews of the ads, feed or story by their ratio; the platform's own will differ in detail. */
export function AdPreviews({ made, media }: { made: MadePlan; media: readonly DraftMedia[] }) {
  const [page, setPage] = useState(0);
  const creatives = made.expanded.items.filter((item): item is Creative => item.kind === 'creative');
  const pages = Math.max(1, Math.ceil(creatives.length / PER_PAGE));
  const specs = new Map(made.expanded.items.flatMap((item) => (item.kind === 'media' ? [[item.itemPath, item.spec] as const] : [])));
  const mediaOf = (creative: Creative) => media.find((one) => one.sha256 === specs.get(creative.spec.mediaPath ?? '')?.sha256);
  return (
    <div class="stack-3">
      <div class="ad-grid">
        {creatives.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((creative) => (
          <AdPreview key={creative.itemPath} creative={creative} media={mediaOf(creative)} />
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

function AdPreview({ creative, media }: { creative: Creative; media: DraftMedia | undefined }) {
  const url = useFileUrl(media?.file ?? null);
  const { spec } = creative;
  const tall = media !== undefined && media.width / media.height <= 0.7;
  const text = spec.primaryText.length > VISIBLE_TEXT ? `${spec.primaryText.slice(0, VISIBLE_TEXT).trimEnd()}…` : spec.primaryText;
  return (
    <article class={`ad ${tall ? 'ad-story' : 'ad-feed'}`}>
      {!tall && (
        <p class="ad-text" dir="auto">
          {text}
        </p>
      )}
      <div class="ad-media" style={media === undefined ? {} : { aspectRatio: `${media.width} / ${media.height}` }}>
        {url === null ? (
          <span class="faint small">{media?.fileName ?? '—'}</span>
        ) : media?.kind === 'video' ? (
          <video src={url} muted preload="metadata" aria-label={media.fileName} />
        ) : (
          <img src={url} alt={media?.fileName ?? ''} loading="lazy" />
        )}
        {tall && (
          <p class="ad-over" dir="auto">
            {text}
          </p>
        )}
      </div>
      <div class="ad-foot">
        <div class="cell-name">
          <bdi class="clip faint small">{hostOf(spec.linkUrl)}</bdi>
          <strong dir="auto">{spec.headline}</strong>
          {spec.description !== '' && (
            <span class="small soft" dir="auto">
              {spec.description}
            </span>
          )}
        </div>
        <span class="ad-cta">{wordOf('cta', spec.callToAction)}</span>
      </div>
      <p class="ad-note faint">
        <bdi class="clip">{creative.name}</bdi>
        {typeof media?.durationMs === 'number' && <span>{fmt().duration(media.durationMs / 1000)}</span>}
      </p>
    </article>
  );
}

function hostOf(link: string | null): string {
  return link !== null && URL.canParse(link) ? new URL(link).host : '';
}

import type { ComponentChildren } from 'preact';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Placement, TextField } from '#shared/rules/ad-platforms/platform-rules.ts';
import type { CreativeSpec } from '#shared/rules/planned-item.ts';
import { seenText } from '#shared/rules/text-limits.ts';
import { fmt, t, wordOf } from '../../ui/i18n.ts';
import type { DraftMedia } from './draft.ts';
import { useFileUrl } from './use-file-url.ts';

interface Props {
  platform: AdPlatformId;
  place: Placement;
  /** The object's name, without our code. */
  name: string;
  speaker: string;
  content: CreativeSpec;
  media: DraftMedia | undefined;
}
type Seen = (field: TextField) => string | null;

/** One ad in one place. What the place cuts is cut here and said below; the plan keeps every letter. */
export function AdPreview({ platform, place, name, speaker, content, media }: Props) {
  const see = (field: TextField) => seenText(platform, place.id, field, content[field]);
  const seen: Seen = (field) => {
    const text = see(field);
    return text === null ? null : text.isCut ? `${text.seen}…` : text.seen;
  };
  const cuts = (['primaryText', 'headline', 'description'] as const).flatMap((field) => {
    const text = see(field);
    return text?.isCut ? [{ field, ...text }] : [];
  });
  const parts = { seen, speaker, content, media };
  return (
    <article class="ad" data-place={place.id}>
      <p class="ad-place faint">{t(`placement.${place.id}`)}</p>
      {place.layout === 'post' && <Post {...parts} />}
      {place.layout === 'story' && <Story {...parts} />}
      {place.layout === 'card' && <Card {...parts} />}
      {place.layout === 'words' && <Words {...parts} />}
      {cuts.length > 0 && (
        <ul class="ad-cuts">
          {cuts.map(({ field, visible, length }) => (
            <li key={field}>{t('previews.cut', { field: t(`text.${field}`), visible, length })}</li>
          ))}
        </ul>
      )}
      <p class="ad-note faint">
        <bdi class="clip">{name}</bdi>
        {typeof media?.durationMs === 'number' && <span>{fmt().duration(media.durationMs / 1000)}</span>}
      </p>
    </article>
  );
}

interface Parts {
  seen: Seen;
  speaker: string;
  content: CreativeSpec;
  media: DraftMedia | undefined;
}

function Post({ seen, speaker, content, media }: Parts) {
  return (
    <>
      <p class="ad-text">
        <bdi class="strong">{speaker}</bdi> <span class="faint">· {t('previews.sponsored')}</span>
      </p>
      <p class="ad-text" dir="auto">
        {seen('primaryText')}
      </p>
      <Picture media={media} />
      <Foot seen={seen} content={content} />
    </>
  );
}

function Story({ seen, speaker, content, media }: Parts) {
  return (
    <Picture media={media} tall>
      <div class="ad-over">
        <bdi class="strong">{speaker}</bdi>
        {seen('headline') !== null && <strong dir="auto">{seen('headline')}</strong>}
        {seen('primaryText') !== null && <span dir="auto">{seen('primaryText')}</span>}
        <Action content={content} />
      </div>
    </Picture>
  );
}

function Card({ seen, speaker, content, media }: Parts) {
  return (
    <>
      <Picture media={media} />
      <p class="ad-text">
        <strong dir="auto">{seen('headline')}</strong>
      </p>
      <p class="ad-text soft" dir="auto">
        {seen('primaryText')}
      </p>
      <div class="ad-foot">
        <bdi class="clip small">{speaker}</bdi>
        <Action content={content} />
      </div>
    </>
  );
}

/** A result shows up to three headlines side by side; which of them the platform chooses. */
function Words({ seen, speaker, content }: Parts) {
  const headlines = [seen('headline'), ...content.moreHeadlines].filter((text) => text !== null).slice(0, 3);
  return (
    <div class="ad-words">
      <p class="small">
        <strong>{t('previews.sponsored')}</strong> · <bdi>{speaker}</bdi>
      </p>
      <bdi class="clip faint small" dir="ltr">
        {hostOf(content.linkUrl)}
      </bdi>
      <p class="ad-result" dir="auto">
        {headlines.join(' | ')}
      </p>
      <p class="small soft" dir="auto">
        {[seen('primaryText'), seen('description')].filter((text) => text !== null).join(' ')}
      </p>
    </div>
  );
}

function Foot({ seen, content }: Pick<Parts, 'seen' | 'content'>) {
  return (
    <div class="ad-foot">
      <div class="ad-below">
        <bdi class="clip faint small">{hostOf(content.linkUrl)}</bdi>
        <strong dir="auto">{seen('headline')}</strong>
        {seen('description') !== null && (
          <span class="small soft" dir="auto">
            {seen('description')}
          </span>
        )}
      </div>
      <Action content={content} />
    </div>
  );
}

const Action = ({ content }: Pick<Parts, 'content'>) =>
  content.callToAction === 'NO_BUTTON' ? null : <span class="ad-cta">{wordOf('cta', content.callToAction)}</span>;

function Picture({ media, tall = false, children }: Pick<Parts, 'media'> & { tall?: boolean; children?: ComponentChildren }) {
  const url = useFileUrl(media?.file ?? null);
  const aspectRatio = tall ? '9 / 16' : media === undefined ? undefined : `${media.width} / ${media.height}`;
  return (
    <div class={tall ? 'ad-media ad-media-tall' : 'ad-media'} style={aspectRatio === undefined ? {} : { aspectRatio }}>
      {url === null ? (
        <span class="faint small">{media?.fileName ?? '—'}</span>
      ) : media?.kind === 'video' ? (
        <video src={url} muted preload="metadata" aria-label={media.fileName} />
      ) : (
        <img src={url} alt={media?.fileName ?? ''} loading="lazy" />
      )}
      {children}
    </div>
  );
}

function hostOf(link: string | null): string {
  return link !== null && URL.canParse(link) ? new URL(link).host : '';
}

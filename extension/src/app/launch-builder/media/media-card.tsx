import { DEFAULT_KEY } from '#shared/rules/launch-plan.ts';
import { fmt, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useSeenFileUrl } from '../use-seen-file-url.ts';
import type { BoardFile } from './media-board.ts';

interface Props {
  one: BoardFile;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
  onDragStart: (event: DragEvent) => void;
}

/** One file: chosen by its box, or dragged with all that are chosen. */
export function MediaCard({ one: { file, placed, byHand }, chosen, onChoose, onDragStart }: Props) {
  const { box, url } = useSeenFileUrl(file.kind === 'image' ? file.file : null);
  return (
    <label class={`media-card ${chosen ? 'media-chosen' : ''}`} draggable onDragStart={onDragStart} title={file.fileName}>
      <input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <span ref={box} class="thumb">
        {url !== null ? <img src={url} alt="" decoding="async" /> : <Icon name={file.kind} />}
      </span>
      <span class="cell-name">
        <bdi class="clip" dir="ltr">
          {file.fileName}
        </bdi>
        <span class="small faint">
          {[
            placed === null ? null : placed.ratio.replace('x', ':'),
            placed === null || placed.variantKey === DEFAULT_KEY ? null : placed.variantKey,
            placed?.role === 'thumbnail' ? t('media.thumbnail') : null,
            file.width === 0 ? t('media.unreadable') : fmt().bytes(file.bytes),
            byHand ? t('media.byHand') : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </span>
    </label>
  );
}

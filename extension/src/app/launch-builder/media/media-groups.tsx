import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { MediaOverride } from '#shared/rules/media-grouping.ts';
import { Chip } from '../../../ui/chip.tsx';
import { CheckField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import type { Draft } from '../draft.ts';
import type { PlanOutline } from '../planner/plan-outline.ts';
import { MediaActions } from './media-actions.tsx';
import { decide, mediaBoard, type BoardFile, type MediaDeed } from './media-board.ts';
import { MediaCard } from './media-card.tsx';

interface Props {
  outline: Pick<PlanOutline, 'media' | 'concepts'>;
  draft: Pick<Draft, 'media' | 'overrides'>;
  onOverrides: (changes: Record<string, MediaOverride | null>) => void;
  onRemove: (fileNames: string[]) => void;
}

/** Which file went to which concept, variant and ratio, and the hand that corrects it: chosen files are moved by form or by dragging. */
export function MediaGroups({ outline, draft, onOverrides, onRemove }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const board = useMemo(() => mediaBoard(draft.media, outline, draft.overrides), [draft.media, draft.overrides, outline]);
  const there = useMemo(() => new Set(draft.media.map((file) => file.fileName)), [draft.media]);
  const selection = [...chosen].filter((fileName) => there.has(fileName));
  const choose = (fileNames: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const fileName of fileNames) {
      if (on) next.add(fileName);
      else next.delete(fileName);
    }
    setChosen(next);
  };
  const act = (deed: MediaDeed, fileNames: readonly string[] = selection) => {
    onOverrides(decide(deed, fileNames, draft.overrides));
    setChosen(new Set());
  };
  const card = (one: BoardFile) => (
    <MediaCard
      key={one.file.fileName}
      one={one}
      chosen={chosen.has(one.file.fileName)}
      onChoose={(on) => choose([one.file.fileName], on)}
      onDragStart={(event) => {
        const dragged = chosen.has(one.file.fileName) ? selection : [one.file.fileName];
        event.dataTransfer?.setData(DRAGGED, JSON.stringify(dragged));
      }}
    />
  );
  const part = (title: string, files: readonly BoardFile[], more: { drop?: MediaDeed; note?: ComponentChildren } = {}) =>
    files.length > 0 && (
      <MediaPart
        key={title}
        title={title}
        note={more.note}
        allChosen={files.every(({ file }) => chosen.has(file.fileName))}
        onChoose={(on) =>
          choose(
            files.map(({ file }) => file.fileName),
            on,
          )
        }
        onDropped={
          more.drop === undefined
            ? null
            : (fileNames) =>
                act(
                  more.drop as MediaDeed,
                  fileNames.filter((name) => there.has(name)),
                )
        }
      >
        {files.map(card)}
      </MediaPart>
    );
  return (
    <div class="stack-3" data-testid="media-groups">
      <MediaActions
        count={selection.length}
        concepts={[...new Set([...outline.concepts.map(({ name }) => name), ...board.groups.map(({ name }) => name)])]}
        onDeed={(deed) => act(deed)}
        onRemove={() => {
          onRemove(selection);
          setChosen(new Set());
        }}
        onClear={() => setChosen(new Set())}
      />
      {part(t('media.nowhere'), board.nowhere)}
      {board.groups.map(({ conceptKey, name, inSheet, files }) =>
        part(name, files, {
          drop: { type: 'move', concept: conceptKey },
          note: inSheet ? null : (
            <Chip tone="fair" icon="warning">
              {t('media.noRow')}
            </Chip>
          ),
        }),
      )}
      {part(t('media.ignored'), board.ignored, { drop: { type: 'ignore' } })}
    </div>
  );
}

/** Names of files of ours on their way; other things that are dragged over a group are not for it. */
const DRAGGED = 'application/x-inlay-files';

interface PartProps {
  title: string;
  note: ComponentChildren;
  allChosen: boolean;
  onChoose: (on: boolean) => void;
  /** Null = nothing can be dropped here. */
  onDropped: ((fileNames: string[]) => void) | null;
  children: ComponentChildren;
}

function MediaPart({ title, note, allChosen, onChoose, onDropped, children }: PartProps) {
  const [over, setOver] = useState(false);
  return (
    <section
      class={`media-part card ${over ? 'drop-over' : ''}`}
      aria-label={title}
      onDragOver={(event) => {
        if (onDropped === null || event.dataTransfer?.types.includes(DRAGGED) !== true) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const names = event.dataTransfer?.getData(DRAGGED) ?? '';
        if (onDropped === null || names === '') return;
        event.preventDefault();
        onDropped(JSON.parse(names) as string[]);
      }}
    >
      <div class="row-2">
        <CheckField label={<bdi class="strong">{title}</bdi>} checked={allChosen} onCheck={onChoose} />
        {note}
      </div>
      <div class="media-cards">{children}</div>
    </section>
  );
}

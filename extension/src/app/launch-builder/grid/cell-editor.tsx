import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Cell } from './grid-range.ts';
import type { GridEvent } from './grid-state.ts';

/** How an editor was left: with its text and a way to go, or without a change. */
export type EditorEnd = Extract<GridEvent, { type: 'commit' | 'cancel' }>;

interface Props {
  at: Cell;
  text: string;
  label: string;
  onEnd: (end: EditorEnd) => void;
}

/** The open cell. Enter and Tab keep what was written and go on, Escape does not; Alt+Enter breaks the line. */
export function CellEditor({ at, text, label, onEnd }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const ended = useRef(false);
  // Before the next key arrives, so that what is typed on goes into the cell.
  useLayoutEffect(() => {
    const area = box.current as HTMLTextAreaElement;
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    fit(area);
  }, []);
  const end = (with_: EditorEnd) => {
    if (ended.current) return;
    ended.current = true;
    onEnd(with_);
  };
  const commit = (go: (EditorEnd & { type: 'commit' })['go']) =>
    end({ type: 'commit', at, text: (box.current as HTMLTextAreaElement).value, go });
  return (
    <textarea
      ref={box}
      class="grid-editor"
      rows={1}
      dir="auto"
      aria-label={label}
      defaultValue={text}
      onInput={(event) => fit(event.currentTarget)}
      onBlur={() => commit('stay')}
      onKeyDown={(event) => {
        event.stopPropagation();
        // Letters of a word that is still being composed are not ours.
        if (event.isComposing) return;
        if (event.key === 'Enter' && event.altKey) {
          event.preventDefault();
          event.currentTarget.setRangeText('\n', event.currentTarget.selectionStart, event.currentTarget.selectionEnd, 'end');
          fit(event.currentTarget);
        } else if (event.key === 'Enter') {
          event.preventDefault();
          commit(event.shiftKey ? 'up' : 'down');
        } else if (event.key === 'Tab') {
          event.preventDefault();
          commit(event.shiftKey ? 'previous' : 'next');
        } else if (event.key === 'Escape') {
          event.preventDefault();
          end({ type: 'cancel' });
        }
      }}
    />
  );
}

/** As tall as what is in it. */
function fit(area: HTMLTextAreaElement): void {
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight}px`;
}

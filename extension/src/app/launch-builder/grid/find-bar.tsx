import { useState } from 'preact/hooks';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import type { Rows } from '../planner/plan-change.ts';
import { countText } from './find-cells.ts';

interface Props {
  rows: Rows;
  onFind: (text: string) => void;
  onReplaceAll: (find: string, by: string) => void;
  onClose: () => void;
}

/** Looks for a text in all cells, seen or not, and writes another in its place. */
export function FindBar({ rows, onFind, onReplaceAll, onClose }: Props) {
  const [find, setFind] = useState('');
  const [by, setBy] = useState('');
  const found = countText(rows, find);
  return (
    <form
      class="grid-find"
      role="search"
      aria-label={t('grid.findAndReplace')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        onFind(find);
      }}
    >
      <TextField label={t('grid.find')} value={find} onText={setFind} takesFocus />
      <TextField label={t('grid.replaceBy')} value={by} onText={setBy} />
      <div class="row-2">
        <Button type="submit" disabled={found === 0}>
          {t('grid.findNext')}
        </Button>
        <Button disabled={found === 0} onClick={() => onReplaceAll(find, by)}>
          {t('grid.replaceAll')}
        </Button>
        <span class="small faint" role="status">
          {find === '' ? '' : t('grid.found', { count: found })}
        </span>
        <IconButton icon="close" label={t('close')} onClick={onClose} />
      </div>
    </form>
  );
}

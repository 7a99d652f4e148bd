import { Button } from '../../../ui/button.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import type { GridEvent, GridState } from './grid-state.ts';

interface Props {
  state: GridState;
  /** Cells with a finding. */
  problems: number;
  onAct: (event: GridEvent) => void;
  onFind: () => void;
  onJump: () => void;
}

/** What the keys do, for the pointer and for who does not know the keys. */
export function GridToolbar({ state, problems, onAct, onFind, onJump }: Props) {
  return (
    <div role="toolbar" aria-label={t('grid.toolbar')} class="row-2 grid-toolbar">
      <Button look="quiet" title="Ctrl+Z" disabled={state.past.length === 0} onClick={() => onAct({ type: 'undo' })}>
        {t('grid.undo')}
      </Button>
      <Button look="quiet" title="Ctrl+Y" disabled={state.future.length === 0} onClick={() => onAct({ type: 'redo' })}>
        {t('grid.redo')}
      </Button>
      <Button look="quiet" title="Ctrl+Enter" onClick={() => onAct({ type: 'insert-rows', below: true })}>
        {t('grid.insert')}
      </Button>
      <Button look="quiet" title="Ctrl+Delete" onClick={() => onAct({ type: 'delete-rows' })}>
        {t('grid.delete')}
      </Button>
      <Button look="quiet" title="Ctrl+D" onClick={() => onAct({ type: 'fill-down' })}>
        {t('grid.fillDown')}
      </Button>
      <Button look="quiet" icon="search" title="Ctrl+F" onClick={onFind}>
        {t('grid.findAndReplace')}
      </Button>
      <Button look="quiet" icon="warning" title="F8" disabled={problems === 0} onClick={onJump}>
        {t('grid.nextProblem', { count: fmt().number(problems) })}
      </Button>
    </div>
  );
}

import { useEffect, useId, useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { t } from './i18n.ts';
import { Icon, type IconName } from './icon.tsx';

export interface Command {
  id: string;
  label: string;
  icon: IconName;
  hint?: string;
  run: () => void;
}

/** Ctrl or ⌘ K. Type, arrows, Enter. */
export function CommandPalette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = commands.filter((command) => matches(command.label, query));
  const chosen = found[Math.min(at, found.length - 1)];
  const chosenId = chosen && `${listId}-${chosen.id}`;
  useEffect(() => {
    if (chosenId) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  const run = (command: Command | undefined) => {
    if (command) {
      onClose();
      command.run();
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((at + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <Dialog title={t('palette.title')} kind="palette" onClose={onClose}>
      <div class="palette-search">
        <Icon name="search" />
        <input
          autofocus
          class="palette-input"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosenId}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <ul id={listId} class="palette-list" role="listbox" aria-label={t('palette.title')}>
        {found.map((command) => (
          <li
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            onClick={() => run(command)}
            onMouseMove={() => setAt(found.indexOf(command))}
          >
            <Icon name={command.icon} />
            <span>{command.label}</span>
            {command.hint && <span class="palette-hint">{command.hint}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="palette-none">{t('palette.none')}</p>}
    </Dialog>
  );
}

/** Letters of the query in order, accents and case ignored: "lnl" finds "Launch – new". */
export function matches(label: string, query: string): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  let at = 0;
  const hay = plain(label);
  for (const letter of plain(query).replaceAll(' ', '')) {
    at = hay.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

export interface Tab<Id extends string> {
  id: Id;
  label: string;
  count?: string;
}

/** Tabs by the ARIA pattern: arrows move, the panel follows at once. */
export function Tabs<Id extends string>({
  label,
  tabs,
  current,
  onPick,
  children,
}: {
  label: string;
  tabs: readonly Tab<Id>[];
  current: Id;
  onPick: (id: Id) => void;
  children: ComponentChildren;
}) {
  const base = useId();
  const onKey = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key !== forward && event.key !== back) return;
    event.preventDefault();
    const at = (tabs.findIndex((tab) => tab.id === current) + (event.key === forward ? 1 : -1) + tabs.length) % tabs.length;
    const next = tabs[at];
    if (next === undefined) return;
    onPick(next.id);
    (event.currentTarget.children[at] as HTMLElement).focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === current}
            aria-controls={`${base}-panel`}
            tabIndex={tab.id === current ? 0 : -1}
            onClick={() => onPick(tab.id)}
          >
            {tab.label}
            {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div id={`${base}-panel`} role="tabpanel" aria-labelledby={`${base}-${current}`} class="tab-panel">
        {children}
      </div>
    </>
  );
}

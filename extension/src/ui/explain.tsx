import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

const GAP = 6;

/** A figure that opens to its inputs: a press (or Enter) shows the arithmetic beside it; Esc or a press elsewhere closes it. */
export function Explain({ label, children, card }: { label: string; children: ComponentChildren; card: ComponentChildren }) {
  const id = useId().replace(/[^a-zA-Z0-9-]/g, '-');
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const place = () => {
    const anchor = (button.current as HTMLButtonElement).getBoundingClientRect();
    const box = panel.current as HTMLDivElement;
    const below = anchor.bottom + GAP + box.offsetHeight <= innerHeight;
    const rtl = getComputedStyle(box).direction === 'rtl';
    const wished = rtl ? anchor.left : anchor.right - box.offsetWidth;
    box.style.left = `${Math.max(8, Math.min(innerWidth - box.offsetWidth - 8, wished))}px`;
    box.style.top = `${below ? anchor.bottom + GAP : Math.max(8, anchor.top - GAP - box.offsetHeight)}px`;
  };
  return (
    <>
      <button ref={button} type="button" class="figure-button" popovertarget={id} aria-label={label}>
        {children}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        class="explain"
        onToggle={(event) => {
          if ((event as unknown as ToggleEvent).newState === 'open') place();
        }}
      >
        {card}
      </div>
    </>
  );
}

/** Lines of an explanation: what, how much. */
export function Lines({ lines }: { lines: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="lines">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

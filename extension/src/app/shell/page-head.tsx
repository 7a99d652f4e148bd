import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../../ui/i18n.ts';

/** Title of a screen, what may be done there, and one line of facts about what is shown. */
export function PageHead({ title, note, children }: { title: string; note?: ComponentChildren; children?: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title]);
  return (
    <div class="page-head">
      <h1>{title}</h1>
      {children}
      {note !== undefined && <p class="page-note">{note}</p>}
    </div>
  );
}

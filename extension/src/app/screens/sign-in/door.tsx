import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../../../ui/i18n.ts';

/** The frame of every screen in front of the sign-in. */
export function Door({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title]);
  return (
    <main class="door">
      <div class="door-card stack-4">
        <div class="side-brand" style={{ padding: 0 }}>
          <span class="brand-mark" aria-hidden="true" />
          {t('app.name')}
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

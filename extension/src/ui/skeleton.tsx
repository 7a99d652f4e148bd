import { useEffect, useState } from 'preact/hooks';
import { t } from './i18n.ts';

const QUIET_MS = 300;

/** The layout to come, drawn grey; nothing for the first 300 ms, so that fast answers do not flicker. */
export function Skeleton({ rows = 6, kind = 'table' }: { rows?: number; kind?: 'table' | 'figures' | 'text' }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={`skeleton skeleton-${kind}`} role="status" aria-busy="true" style={{ visibility: shown ? 'visible' : 'hidden' }}>
      <span class="visually-hidden">{t('loading')}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class="skeleton-bar" style={{ inlineSize: kind === 'figures' ? undefined : `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

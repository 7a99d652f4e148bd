import { useEffect } from 'preact/hooks';
import type { DataExport } from '#shared/contracts/privacy.ts';

const EVERY_MS = 3_000;

/** While a copy is being made its list is read again by itself, so that the way to download it appears. */
export function useExportNews(exports: readonly Pick<DataExport, 'state'>[], reload: () => void): void {
  const waits = exports.some((one) => one.state === 'queued');
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [waits, reload]);
}

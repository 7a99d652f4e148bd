import { useEffect, useRef, useState } from 'preact/hooks';
import type { BuilderEvent } from './builder-state.ts';
import type { Draft } from './draft.ts';
import { clearDraft, loadDraft, saveDraft } from './draft-store.ts';

const SAVE_AFTER_MS = 300;

export interface KeptDraft {
  /** What was kept before is in place; earlier nothing may be drawn over it. */
  restored: boolean;
  /** Every change until now is kept. */
  isKept: boolean;
  error: unknown;
  forget: () => void;
}

/**
 * Restores the draft of `owner` once, then keeps it shortly after every change, and at once when the page is hidden, closed or left: what was
 * typed in the last moment counts, too.
 */
export function useKeptDraft(owner: string, draft: Draft, send: (event: BuilderEvent) => void): KeptDraft {
  const [restored, setRestored] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isKept, setKept] = useState(true);
  /** The newest draft that is not kept yet. */
  const waiting = useRef<Draft | null>(null);
  const isFirst = useRef(true);
  const save = () => {
    const due = waiting.current;
    if (due === null) return;
    waiting.current = null;
    saveDraft(owner, due).then(() => {
      setError(null);
      setKept(waiting.current === null);
    }, setError);
  };
  useEffect(() => {
    loadDraft(owner)
      .then((kept) => {
        if (kept !== null) send({ type: 'restored', draft: kept });
      }, setError)
      .finally(() => setRestored(true));
  }, []);
  useEffect(() => {
    if (!restored) return undefined;
    if (isFirst.current) {
      isFirst.current = false; // as it was restored, or as it begins
      return undefined;
    }
    waiting.current = draft;
    setKept(false);
    const timer = setTimeout(save, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, restored]);
  useEffect(() => {
    document.addEventListener('visibilitychange', save);
    addEventListener('pagehide', save);
    return () => {
      document.removeEventListener('visibilitychange', save);
      removeEventListener('pagehide', save);
      save();
    };
  }, []);
  const forget = () => {
    waiting.current = null;
    void clearDraft(owner);
  };
  return { restored, isKept, error, forget };
}

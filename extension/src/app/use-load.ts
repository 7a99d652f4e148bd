import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { doubtSession } from './session/watch-session.ts';

export type Loaded<T> =
  | { state: 'loading'; data: T | null }
  | { state: 'ready'; data: T }
  /** The last good answer stays visible beside the error. */
  | { state: 'failed'; data: T | null; error: unknown };

export interface Load<T> {
  now: Loaded<T>;
  reload: () => void;
  /** Puts a known newer answer in place, such as that of a save. */
  set: (data: T) => void;
}

/** Asks when `key` changes; an answer to an older question is dropped. */
export function useLoad<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Load<T> {
  const [now, setNow] = useState<Loaded<T>>({ state: 'loading', data: null });
  const [turn, setTurn] = useState(0);
  const shownKey = useRef(key);
  useEffect(() => {
    const stop = new AbortController();
    const same = shownKey.current === key;
    shownKey.current = key;
    setNow((was) => ({ state: 'loading', data: same ? was.data : null }));
    ask(stop.signal).then(
      (data) => {
        if (!stop.signal.aborted) setNow({ state: 'ready', data });
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setNow((was) => ({ state: 'failed', data: was.data, error }));
        doubtIfRefused(error);
      },
    );
    return () => stop.abort();
  }, [key, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const set = useCallback((data: T) => setNow({ state: 'ready', data }), []);
  return { now, reload, set };
}

export interface Action<Given extends unknown[]> {
  run: (...given: Given) => Promise<void>;
  busy: boolean;
  error: unknown;
}

/** One thing the person does: busy while it runs, its error kept until the next try. Pressing twice runs once. */
export function useAction<Given extends unknown[] = []>(work: (...given: Given) => Promise<void>): Action<Given> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const run = async (...given: Given) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await work(...given);
    } catch (cause) {
      setError(cause);
      doubtIfRefused(cause);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error };
}

/** The screen offered what the API does not allow: who looks at it may have another role by now, or none. */
function doubtIfRefused(error: unknown): void {
  if (error instanceof ApiError && error.problem.code === 'not_allowed') doubtSession();
}

import { useEffect, useRef } from 'preact/hooks';

/**
 * Runs `work` at most once per `everyMs` while `version` keeps changing, and once more after its last change. Waiting for a pause instead
 * would show nothing as long as something happens. A run that is due while `busy` waits until it is over, so that no answer is thrown away.
 */
export function useThrottled({
  version,
  everyMs,
  busy,
  work,
}: {
  version: string;
  everyMs: number;
  busy: boolean;
  work: () => void;
}): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef({ busy, work });
  latest.current = { busy, work };
  useEffect(() => {
    if (timer.current !== null) return;
    const due = () => {
      timer.current = latest.current.busy ? setTimeout(due, everyMs) : null;
      if (timer.current === null) latest.current.work();
    };
    timer.current = setTimeout(due, everyMs);
  }, [version]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
}

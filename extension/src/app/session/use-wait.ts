import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';

/** Seconds until it is worth trying again after a refusal that says when; 0 = now. Counts down by itself. */
export function useWait(error: unknown): number {
  const seconds = error instanceof ApiError ? (error.problem.retryAfterSeconds ?? 0) : 0;
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(seconds);
    if (seconds === 0) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}

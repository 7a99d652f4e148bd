import { useEffect, useState } from 'preact/hooks';

/** A value that goes on changing while somebody types, once it has rested for `afterMs`; at once the first time. */
export function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

import { useEffect, useRef, useState } from 'preact/hooks';

/** An address for a file while its place is on screen or near it: of hundreds of pictures only those are decoded. */
export function useSeenFileUrl(file: File | null): { box: { current: HTMLSpanElement | null }; url: string | null } {
  const box = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const watch = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting === true), { rootMargin: '200px' });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (file === null || !seen) {
      setUrl(null);
      return undefined;
    }
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file, seen]);
  return { box, url };
}

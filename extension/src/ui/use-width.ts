import { useLayoutEffect, useState } from 'preact/hooks';

/** Width of an element, kept current. */
export function useWidth(ref: { current: HTMLElement | null }, first: number): number {
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const element = ref.current as HTMLElement;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    setWidth(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

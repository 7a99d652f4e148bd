import { useEffect, useRef, useState } from 'preact/hooks';

export interface Page<Row> {
  rows: readonly Row[];
  nextCursor: string | null;
}
export interface Pages<Row> {
  rows: readonly Row[];
  state: 'loading' | 'ready' | 'failed';
  error: unknown;
  /** Reads the next page; null when there is none or one is on its way. */
  more: (() => void) | null;
  /** Reads again what is shown, without taking it away meanwhile. */
  reload: () => void;
  replace: (same: (row: Row) => boolean, next: Row) => void;
}

/** A list read page by page; only answers to the current `key` count. */
export function usePages<Row>(key: string, ask: (cursor: string | undefined) => Promise<Page<Row>>): Pages<Row> {
  const [held, setHeld] = useState<{ pages: readonly (readonly Row[])[]; next: string | null }>({ pages: [], next: null });
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const ticket = useRef(0);
  const shownKey = useRef<string | null>(null);

  const read = async (work: () => Promise<{ pages: readonly (readonly Row[])[]; next: string | null }>) => {
    const mine = ++ticket.current;
    setState('loading');
    try {
      const found = await work();
      if (mine !== ticket.current) return;
      setHeld(found);
      setState('ready');
    } catch (cause) {
      if (mine !== ticket.current) return;
      setError(cause);
      setState('failed');
    }
  };
  useEffect(() => {
    const again = shownKey.current === key;
    shownKey.current = key;
    if (!again) setHeld({ pages: [], next: null });
    void read(() => readPages(ask, again ? Math.max(1, held.pages.length) : 1));
    return () => {
      ticket.current += 1;
    };
  }, [key, turn]);

  const { next, pages } = held;
  return {
    rows: pages.flat(),
    state,
    error,
    reload: () => setTurn((n) => n + 1),
    more:
      next === null || state === 'loading'
        ? null
        : () =>
            void read(async () => {
              const page = await ask(next);
              return { pages: [...pages, page.rows], next: page.nextCursor };
            }),
    replace: (same, row) => setHeld((was) => ({ ...was, pages: was.pages.map((page) => page.map((one) => (same(one) ? row : one))) })),
  };
}

async function readPages<Row>(ask: (cursor: string | undefined) => Promise<Page<Row>>, count: number) {
  const pages: (readonly Row[])[] = [];
  let next: string | null = null;
  do {
    const page: Page<Row> = await ask(next ?? undefined);
    pages.push(page.rows);
    next = page.nextCursor;
  } while (next !== null && pages.length < count);
  return { pages, next };
}

/** Every row there is, for an export. */
export async function readAll<Row>(ask: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  return (await readPages(ask, Infinity)).pages.flat();
}

import { useEffect, useRef, useState } from 'preact/hooks';

export interface Page<Row> {
  rows: readonly Row[];
  nextCursor: string | null;
}
export interface Pages<Row, Answer = Page<Row>> {
  rows: readonly Row[];
  /** The page that came last, with all it says beside its rows; it stands until another takes its place. */
  last: Answer | null;
  state: 'loading' | 'ready' | 'failed';
  error: unknown;
  /** Reads the next page; null when there is none or one is on its way. */
  more: (() => void) | null;
  /** Reads again what is shown, without taking it away meanwhile. */
  reload: () => void;
  replace: (same: (row: Row) => boolean, next: Row) => void;
}

interface Held<Row, Answer> {
  pages: readonly (readonly Row[])[];
  next: string | null;
  last: Answer | null;
}

/** A list read page by page; only answers to the current `key` count. */
export function usePages<Row, Answer extends Page<Row> = Page<Row>>(
  key: string,
  ask: (cursor: string | undefined) => Promise<Answer>,
): Pages<Row, Answer> {
  const [held, setHeld] = useState<Held<Row, Answer>>({ pages: [], next: null, last: null });
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const ticket = useRef(0);
  const shownKey = useRef<string | null>(null);

  const read = async (work: () => Promise<Held<Row, Answer>>) => {
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
    if (!again) setHeld((was) => ({ ...was, pages: [], next: null }));
    void read(() => readPages(ask, again ? Math.max(1, held.pages.length) : 1));
    return () => {
      ticket.current += 1;
    };
  }, [key, turn]);

  const { next, pages, last } = held;
  return {
    rows: pages.flat(),
    last,
    state,
    error,
    reload: () => setTurn((n) => n + 1),
    more:
      next === null || state === 'loading'
        ? null
        : () =>
            void read(async () => {
              const page = await ask(next);
              return { pages: [...pages, page.rows], next: page.nextCursor, last: page };
            }),
    replace: (same, row) => setHeld((was) => ({ ...was, pages: was.pages.map((page) => page.map((one) => (same(one) ? row : one))) })),
  };
}

async function readPages<Answer extends Page<unknown>>(ask: (cursor: string | undefined) => Promise<Answer>, count: number) {
  let last = await ask(undefined);
  const pages: Answer['rows'][] = [last.rows];
  while (last.nextCursor !== null && pages.length < count) {
    last = await ask(last.nextCursor);
    pages.push(last.rows);
  }
  return { pages, next: last.nextCursor, last };
}

/** Every row there is, for an export. */
export async function readAll<Row>(ask: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  return (await readPages(ask, Infinity)).pages.flat();
}

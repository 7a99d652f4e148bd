import { AsyncLocalStorage } from 'node:async_hooks';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';

/** What a call at a platform is for; `after` = any of the looks once a launch rests. */
export type Purpose = 'create' | 'complete' | 'search' | 'read back' | 'status' | 'file' | 'file look' | 'after';
/** Calls that left the Worker for one purpose, how often the engine asked for it, and for how many things. */
export interface Counted {
  calls: number;
  asked: number;
  things: number;
}
export interface CallBook {
  readonly counts: ReadonlyMap<AdPlatformId, ReadonlyMap<Purpose, Counted>>;
  /** Whatever `work` calls is of the looks after the end. */
  after<T>(work: () => T): T;
  /** The access token of whose work is under way: calls to a signed address carry none. */
  token(): string | null;
  /** A call leaves the Worker. Answers with what it is for. */
  onCall(platform: AdPlatformId): Purpose;
  close(): void;
}

type Method = (...args: never[]) => unknown;
interface Doing {
  purpose: Purpose;
  token: string | null;
}

const OBJECTS: Readonly<Record<string, Purpose>> = {
  create: 'create',
  findByTokens: 'search',
  read: 'read back',
  readMany: 'read back',
  setStatus: 'status',
  setStatusMany: 'status',
  listCarrying: 'after',
};
const MEDIA: Readonly<Record<string, Purpose>> = {
  image: 'file',
  video: 'file',
  state: 'file look',
  thumbnail: 'file look',
  find: 'file look',
};

/** Tells what each call is for, by the method of the adapter that makes it: the same way for every platform. */
export function openCallBook(platforms: readonly AdPlatformId[]): CallBook {
  const current = new AsyncLocalStorage<Doing>();
  const counts = new Map<AdPlatformId, Map<Purpose, Counted>>();
  const undo: (() => void)[] = [];
  const of = (id: AdPlatformId, purpose: Purpose): Counted => {
    const book = counts.get(id) ?? new Map<Purpose, Counted>();
    counts.set(id, book);
    const counted = book.get(purpose) ?? { calls: 0, asked: 0, things: 0 };
    book.set(purpose, counted);
    return counted;
  };
  const watch = (id: AdPlatformId, methods: object, name: string, usually: Purpose): void => {
    const holder = methods as Record<string, Method | undefined>;
    const original = holder[name];
    if (!original) return;
    holder[name] = (...args) => {
      const purpose = current.getStore()?.purpose === 'after' ? 'after' : usually;
      const [session] = args as unknown as [{ accessToken: string }];
      const counted = of(id, purpose);
      counted.asked += 1;
      counted.things += Math.max(1, ...args.map((arg: unknown) => (Array.isArray(arg) ? arg.length : 0)));
      return current.run({ purpose, token: session.accessToken }, () => original.apply(methods, args));
    };
    undo.push(() => (holder[name] = original));
  };
  for (const id of new Set(platforms)) {
    const { objects, media } = adPlatform(id);
    for (const [name, purpose] of Object.entries(OBJECTS)) watch(id, objects, name, purpose);
    for (const [name, purpose] of Object.entries(MEDIA)) watch(id, media, name, purpose);
    if (objects.complete) watch(id, objects.complete, 'run', 'complete');
  }
  return {
    counts,
    after: (work) => current.run({ purpose: 'after', token: null }, work),
    token: () => current.getStore()?.token ?? null,
    onCall(platform) {
      const purpose = current.getStore()?.purpose ?? 'after';
      of(platform, purpose).calls += 1;
      return purpose;
    },
    close() {
      for (const put of undo) put();
    },
  };
}

import type { MetricsAnswer, Window } from '#shared/contracts/metrics.ts';
import { groundOf } from '../messaging/ground-of.ts';
import type { Definition, Freshness, Level, MetricsQuestion, MetricsReply, Totals } from '../messaging/overlay-types.ts';
import type { Outcome } from '../messaging/outcome.ts';

export interface Entry {
  at: number;
  answer: MetricsAnswer;
}
export interface StoreQuestion {
  accountExternalId: string;
  level: Level;
  window: Window;
  basis: 'accrual' | 'cash';
}
/** Why an answer has no figure. */
export type BlankReason = Extract<MetricsAnswer, { blank: string }>['blank'];
export type StoreFailure = 'signed_out' | 'offline' | null;

export interface StoreParts {
  question: StoreQuestion;
  cached(question: MetricsQuestion): Promise<Outcome<MetricsReply>>;
  fresh(question: MetricsQuestion): Promise<Outcome<MetricsReply>>;
  now(): number;
  /** Runs once in the page's next frame. */
  nextFrame(run: () => void): void;
  later(run: () => void, ms: number): void;
  signal: AbortSignal;
}

const MAX_IDS = 200;
/** Between two questions that may reach the API: four a second. */
const PACE_MS = 250;
/** An answer is asked again while its row is on screen. */
const REFRESH_MS = 60_000;
/** Past this age a figure is taken off: the service has been silent for too long to vouch for it. */
export const TOO_OLD_MS = 3_600_000;
const LONGEST_PAUSE_MS = 60_000;
const MAX_ENTRIES = 20_000;

/**
 * Figures of one account, level and window by object id. Asked for what is on screen: first what the background already knows,
 * once per frame, then what is missing or old, at most four times a second. Painting reads `get` and never waits.
 */
export function createMetricsStore(parts: StoreParts) {
  const { question, signal } = parts;
  const entries = new Map<string, Entry>();
  /** Ids the background was asked about from memory, so that each is asked once. */
  const remembered = new Set<string>();
  const listeners = new Set<() => void>();
  let visible: () => Iterable<string> = () => [];
  let definition: Definition | null = null;
  let freshness: Freshness | null = null;
  let totals: Totals | null = null;
  let totalsAt = Number.NEGATIVE_INFINITY;
  let failure: StoreFailure = null;
  let connected: boolean | null = null;
  let frameAsked = false;
  let busy = false;
  let telling = false;
  let pause = PACE_MS;

  /** Answers that come in one frame are painted together at its end. */
  const tell = (): void => {
    if (telling) return;
    telling = true;
    parts.nextFrame(() => {
      telling = false;
      if (!signal.aborted) for (const listener of listeners) listener();
    });
  };
  const take = (reply: MetricsReply): void => {
    if (entries.size > MAX_ENTRIES) {
      entries.clear();
      remembered.clear();
    }
    if (reply.definition !== null) {
      // Midnight in the account's timezone, or a change of settings: figures of two grounds never stand side by side.
      if (definition !== null && groundOf(definition) !== groundOf(reply.definition)) {
        entries.clear();
        totals = null;
        if (reply.totals === null) totalsAt = Number.NEGATIVE_INFINITY;
      }
      definition = reply.definition;
    }
    if (reply.freshness !== null) freshness = reply.freshness;
    if (reply.totals !== null) totals = reply.totals;
    for (const entry of reply.answers) {
      const held = entries.get(entry.answer.id);
      if (held === undefined || held.at < entry.at) entries.set(entry.answer.id, entry);
    }
    tell();
  };
  const ask = (ids: string[], withTotals: boolean): MetricsQuestion => ({ ...question, ids, withTotals });

  const recall = async (): Promise<void> => {
    frameAsked = false;
    const unknown = [...new Set(visible())].filter((id) => !entries.has(id) && !remembered.has(id));
    if (signal.aborted || unknown.length === 0) return;
    const ids = unknown.slice(0, MAX_IDS);
    for (const id of ids) remembered.add(id);
    if (unknown.length > ids.length) want();
    const outcome = await parts.cached(ask(ids, totals === null));
    if (!signal.aborted && outcome.ok && outcome.value.answers.length > 0) take(outcome.value);
  };
  const refresh = async (): Promise<void> => {
    if (signal.aborted || busy) return;
    const now = parts.now();
    const ids = [...new Set(visible())]
      .filter((id) => now - (entries.get(id)?.at ?? Number.NEGATIVE_INFINITY) > REFRESH_MS)
      .slice(0, MAX_IDS);
    const withTotals = now - totalsAt > REFRESH_MS;
    if (ids.length === 0 && !withTotals) return;
    busy = true;
    const outcome = await parts.fresh(ask(ids, withTotals));
    if (signal.aborted) return;
    if (outcome.ok) {
      failure = null;
      connected = outcome.value.account !== null;
      pause = PACE_MS;
      if (withTotals) {
        totalsAt = now;
        // The service has stopped vouching for a total it once gave.
        if (outcome.value.totals === null) totals = null;
      }
      take(outcome.value);
    } else {
      failure = outcome.failure.kind === 'api' && outcome.failure.problem.status === 401 ? 'signed_out' : 'offline';
      pause = Math.min(Math.max(pause, 1000) * 2, LONGEST_PAUSE_MS);
      tell();
    }
    parts.later(() => {
      busy = false;
      void refresh();
    }, pause);
  };

  const want = (): void => {
    if (frameAsked) return;
    frameAsked = true;
    parts.nextFrame(() => {
      void recall().then(refresh);
    });
  };

  return {
    get: (id: string): Entry | undefined => {
      const entry = entries.get(id);
      return entry !== undefined && parts.now() - entry.at > TOO_OLD_MS ? undefined : entry;
    },
    /** Who can say which ids are on screen; asked again at each question, so rows scrolled away are not asked for. */
    watch(source: () => Iterable<string>): void {
      visible = source;
    },
    /** Something on screen may be unknown or old. Cheap: schedules, and schedules once. */
    want,
    /** Until `until` is aborted: the page, or the table within it that the listener paints. */
    onChange(listener: () => void, until: AbortSignal): void {
      listeners.add(listener);
      until.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    get definition() {
      return definition;
    },
    get freshness() {
      return freshness;
    },
    get totals() {
      return totals;
    },
    get failure() {
      return failure;
    },
    /** Why the account has no total: the reason of its rows, `unsaid` when none gave one; null while there is one or it is on its way. */
    get noTotal(): BlankReason | 'unsaid' | null {
      if (totals !== null || totalsAt === Number.NEGATIVE_INFINITY) return null;
      const answers = [...entries.values()].map(({ answer }) => answer);
      const reasons = answers.flatMap((answer) => ('blank' in answer && answer.blank !== 'unknown_id' ? [answer.blank] : []));
      return reasons[0] ?? 'unsaid';
    },
    /** Whether the page's account is one of ours; null until the service has said. */
    get connected() {
      return connected;
    },
  };
}

export type MetricsStore = ReturnType<typeof createMetricsStore>;

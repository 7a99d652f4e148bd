import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { OVER_LIMIT } from '../../../sandbox/core/request-log.ts';
import type { Counted, Purpose } from './call-book.ts';
import type { SimObject } from './sim-account.ts';
import type { SeatedAccount, SimWorld } from './sim-world.ts';

/** What a simulation came to, counted at the platforms and compared with our rows both ways. */
export interface Counts extends Seen {
  ads: number;
  planned: number;
  created: number;
  /** Living objects of one intent beyond the first, at the end. */
  duplicates: number;
  /** Objects of one intent beyond the first that were ever made; the sweeps have put them away. */
  extra: number;
  lost: number;
  unclear: number;
  /** What stays open and why, for whoever reads a failed run. */
  open: string[];
  /** Living objects with a token no row knows. */
  ghosts: number;
  /** Rows that differ from what was planned. */
  drifted: number;
  /** Rows that name no object while one of theirs lives. */
  untrue: number;
  /** Creatives in which the platform has changed a switch by itself. */
  flipped: number;
  /** Rows that were made below or out of one that differs. */
  belowDrift: number;
  /** From the first difference that was noted to the notice that a person is needed, the longest. */
  alertMinutes: number;
  /** Requests to the platforms until the launches were on, by what they were for; searches and creates make the bar. */
  calls: Partial<Record<AdPlatformId, Partial<Record<Purpose, Counted>>>>;
  /** Requests that made an ad's objects or looked whether they were made, per ad. */
  makingCallsPerAd: number;
  /** Every request until the launches were on, files' left out, per ad. */
  callsPerAd: number;
  /** Requests for files, per file. */
  callsPerFile: number;
  /** Requests of the looks after the end, per ad. */
  laterCallsPerAd: number;
  /** Of all calls and parts of calls, those that a meter of the platform refused. What the weather throttles is not counted. */
  overLimitShare: number;
  /** The same for refusals that the weather made up. */
  weatherThrottles: number;
}
export interface Seen {
  /** The most objects of one intent that could spend at the same time, beyond the first. */
  activeDuplicates: number;
  /** From the minute in which there were two of one intent to the one in which there no longer were; the longest. */
  neutralisedMinutes: number;
}

const LAUNCHED = new Set(['campaign', 'ad_set', 'creative', 'ad']);
const UNCLEAR = new Set(['SENDING', 'HELD', 'READY', 'PLANNED', 'REJECTED', 'CREATED']);

const launched = (account: SeatedAccount): SimObject[] => account.objects().filter((one) => LAUNCHED.has(one.kind) && one.token !== null);
const isAlive = (one: SimObject): boolean => !one.isDeleted && !/archived/i.test(one.status ?? '');

/** Tokens that more than one object carries, with how many are too many. */
function beyondFirst(account: SeatedAccount, pick: (one: SimObject) => boolean): Map<string, number> {
  const perToken = new Map<string, number>();
  for (const one of launched(account)) if (pick(one)) perToken.set(String(one.token), (perToken.get(String(one.token)) ?? -1) + 1);
  return new Map([...perToken].filter(([, n]) => n > 0));
}
const sum = (counts: ReadonlyMap<unknown, number>): number => [...counts.values()].reduce((total, n) => total + n, 0);

/** Looks at the platforms while time passes, for what is gone again at the end. */
export function createWatch(accounts: readonly SeatedAccount[], now: () => number): { look(): void; seen(): Seen } {
  const since = new Map<string, number>();
  let [activeDuplicates, longestMs] = [0, 0];
  return {
    look() {
      let active = 0;
      const twice = new Set<string>();
      for (const account of accounts) {
        active += sum(beyondFirst(account, (one) => one.canSpend));
        for (const token of beyondFirst(account, isAlive).keys()) twice.add(token);
      }
      activeDuplicates = Math.max(activeDuplicates, active);
      for (const token of twice) if (!since.has(token)) since.set(token, now());
      for (const [token, at] of since) {
        longestMs = Math.max(longestMs, now() - at);
        if (!twice.has(token)) since.delete(token);
      }
    },
    seen: () => ({ activeDuplicates, neutralisedMinutes: Math.round(longestMs / 60_000) }),
  };
}

interface Row {
  id: string;
  kind: string;
  client_token: string;
  external_id: string | null;
  state: string;
  drift: unknown;
  last_error: { code: string; message: string } | null;
  depends_on: string[];
}

export async function countAll(
  { db, accounts, calls: book }: SimWorld,
  ids: ReadonlyMap<SeatedAccount, string>,
): Promise<Omit<Counts, keyof Seen>> {
  const sums = {
    ads: 0,
    planned: 0,
    created: 0,
    duplicates: 0,
    extra: 0,
    lost: 0,
    unclear: 0,
    ghosts: 0,
    drifted: 0,
    untrue: 0,
    flipped: 0,
    belowDrift: 0,
  };
  const open = new Set<string>();
  let [files, overLimit, weatherThrottles] = [0, 0, 0];
  for (const account of accounts) {
    const { rows } = await db.query<Row>(
      `select id, kind, client_token, external_id, state, drift, last_error, depends_on from launch_items where launch_id = $1`,
      [ids.get(account)],
    );
    const objects = launched(account);
    const living = new Map(objects.filter(isAlive).map((one) => [one.id, one]));
    const mine = rows.filter((row) => row.kind !== 'media');
    const tokens = new Set(mine.map((row) => row.client_token));
    sums.ads += rows.filter((row) => row.kind === 'ad').length;
    sums.planned += mine.length;
    sums.created += mine.filter((row) => row.external_id !== null && living.get(row.external_id)?.token === row.client_token).length;
    sums.lost += mine.filter((row) => row.external_id !== null && !living.has(row.external_id)).length;
    sums.unclear += mine.filter((row) => UNCLEAR.has(row.state)).length;
    for (const { kind, state, drift, last_error: error } of rows)
      if (UNCLEAR.has(state))
        open.add([account.platform, kind, state, error?.code, error?.message, drift && JSON.stringify(drift)].filter(Boolean).join(' '));
    sums.ghosts += objects.filter((one) => isAlive(one) && !tokens.has(String(one.token))).length;
    sums.untrue += mine.filter(
      (row) => row.external_id === null && objects.some((one) => isAlive(one) && one.token === row.client_token),
    ).length;
    const differing = new Set(mine.filter((row) => row.drift !== null).map((row) => row.id));
    sums.belowDrift += mine.filter((row) => row.external_id !== null && row.depends_on.some((id) => differing.has(id))).length;
    sums.flipped += account.log.faults.get('meta enhancement flip') ?? 0;
    sums.drifted += mine.filter((row) => row.drift !== null).length;
    sums.duplicates += sum(beyondFirst(account, isAlive));
    sums.extra += sum(beyondFirst(account, () => true));
    files += rows.length - mine.length;
    for (const [fault, n] of account.log.faults) {
      if (fault.endsWith(OVER_LIMIT)) overLimit += n;
      else if (fault.includes('throttle')) weatherThrottles += n;
    }
  }
  const { rows: alerts } = await db.query<{ minutes: string }>(
    `select coalesce(max(extract(epoch from attention.at - drift.at) / 60), 0) as minutes
     from (select launch_id, min(at) as at from launch_events where kind = 'drift' group by 1) drift
     join (select launch_id, min(at) as at from launch_events where kind = 'needs_attention' group by 1) attention using (launch_id)`,
  );
  const all = [...book.counts.values()].flatMap((one) => [...one]);
  const made = (pick: (purpose: Purpose) => boolean): number => all.reduce((n, [purpose, { calls }]) => n + (pick(purpose) ? calls : 0), 0);
  const isFile = (purpose: Purpose) => purpose === 'file' || purpose === 'file look';
  const things = all.reduce((n, [, counted]) => n + Math.max(counted.calls, counted.things), 0);
  const per = (n: number, of: number) => Math.round((n / Math.max(1, of)) * 1000) / 1000;
  return {
    ...sums,
    open: [...open].slice(0, 10),
    alertMinutes: Math.round(Number(alerts[0]?.minutes ?? 0)),
    calls: Object.fromEntries([...book.counts].map(([platform, one]) => [platform, Object.fromEntries(one)])),
    makingCallsPerAd: per(
      made((purpose) => purpose === 'create' || purpose === 'search'),
      sums.ads,
    ),
    callsPerAd: per(
      made((purpose) => purpose !== 'after' && !isFile(purpose)),
      sums.ads,
    ),
    callsPerFile: per(made(isFile), files),
    laterCallsPerAd: per(
      made((purpose) => purpose === 'after'),
      sums.ads,
    ),
    overLimitShare: Math.round((overLimit / Math.max(1, things)) * 100_000) / 100_000,
    weatherThrottles,
  };
}

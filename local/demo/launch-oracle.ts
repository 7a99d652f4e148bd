import type { OracleObject } from '../../sandbox/meta/index.ts';
import type { Stack } from '../stack.ts';

export interface LaunchTruth {
  /** Ads the plan asked for, and those that exist. */
  planned: number;
  created: number;
  /** Objects of any kind ever made beyond the first of one intent, neutralised ones too; of these, the living. */
  extra: number;
  duplicates: number;
  /** Rows whose object is gone, living objects no row knows, rows without a clear end. */
  lost: number;
  ghosts: number;
  unclear: number;
}

export interface LaunchRow {
  kind: string;
  state: string;
  client_token: string;
  external_id: string | null;
}

const LAUNCHED = ['campaign', 'adset', 'creative', 'ad'];
const isLaunched = (one: OracleObject): boolean => !one.demo && LAUNCHED.includes(one.kind);
const isAlive = (one: OracleObject): boolean => one.status !== 'DELETED' && one.status !== 'ARCHIVED';

/** What truly exists at the platform, past search lag and lost answers, laid beside every row of the launch, both ways. */
export async function launchTruth(stack: Stack, launchId: string, plannedAds: number): Promise<LaunchTruth> {
  const rows = await stack.query<LaunchRow>(
    `select kind, state, client_token, external_id from launch_items where launch_id = $1 and kind <> 'media'`,
    [launchId],
  );
  return judgeLaunch(stack.sandbox.meta.objects(), rows, plannedAds);
}

/** The same for given objects and rows. A duplicate that was archived or deleted afterwards still counts as made. */
export function judgeLaunch(all: OracleObject[], rows: LaunchRow[], plannedAds: number): LaunchTruth {
  const objects = all.filter(isLaunched);
  const found = rows.map((row) => {
    const made = objects.filter((one) => one.labels.includes(row.client_token) || one.name?.endsWith(row.client_token) === true);
    return { row, made, living: made.filter(isAlive) };
  });
  const beyondFirst = (lists: OracleObject[][]): number => lists.reduce((sum, list) => sum + Math.max(0, list.length - 1), 0);
  const known = new Set(rows.flatMap((row) => row.external_id ?? []));
  return {
    planned: plannedAds,
    created: found.filter(({ row, living }) => row.kind === 'ad' && living.length > 0).length,
    extra: beyondFirst(found.map(({ made }) => made)),
    duplicates: beyondFirst(found.map(({ living }) => living)),
    lost: found.filter(({ row, living }) => row.external_id !== null && !living.some((one) => one.id === row.external_id)).length,
    ghosts: objects.filter((one) => isAlive(one) && !known.has(one.id)).length,
    unclear: rows.filter((row) => !['VERIFIED', 'ACTIVE'].includes(row.state)).length,
  };
}

/** Every way in which the truth is not what was asked for, in words. */
export function shortcomings(truth: LaunchTruth): string[] {
  const counts = (['extra', 'duplicates', 'lost', 'ghosts', 'unclear'] as const).flatMap((name) =>
    truth[name] === 0 ? [] : [`${truth[name]} ${name}`],
  );
  return truth.created === truth.planned ? counts : [...counts, `${truth.created} of ${truth.planned} ads exist`];
}

/** Launched ads that could spend now: on, in an ad set that is on, in a campaign that is on. */
export function adsOnAir(stack: Stack): number {
  const objects = stack.sandbox.meta.objects().filter((one) => isLaunched(one) && isAlive(one));
  const on = new Set(objects.filter((one) => one.status === 'ACTIVE').map((one) => one.id));
  return objects.filter(
    (one) => one.kind === 'ad' && on.has(one.id) && on.has(String(one.fields['adset_id'])) && on.has(String(one.fields['campaign_id'])),
  ).length;
}

/** Looks, until `stop`, how many ads could spend that nobody has switched on. `worst` = the most that ever could. */
export function watchSpending(stack: Stack, everyMs = 200): { stop(): void; worst(): number } {
  let worst = 0;
  const look = (): void => {
    worst = Math.max(worst, adsOnAir(stack));
  };
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(timer);
      look();
    },
    worst: () => worst,
  };
}

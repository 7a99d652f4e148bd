import type { OracleObject } from '../../sandbox/meta/index.ts';
import type { Stack } from '../stack.ts';

export interface LaunchTruth {
  /** Ads the plan asked for, and those that exist. */
  planned: number;
  created: number;
  /** Objects of any kind beyond the first of one intent, rows whose object is gone, objects no row knows, rows without a clear end. */
  duplicates: number;
  lost: number;
  ghosts: number;
  unclear: number;
}

const LAUNCHED = ['campaign', 'adset', 'creative', 'ad'];
const living = (one: OracleObject): boolean =>
  !one.demo && LAUNCHED.includes(one.kind) && one.status !== 'DELETED' && one.status !== 'ARCHIVED';

/** What truly exists at the platform, past search lag and lost answers, laid beside every row of the launch, both ways. */
export async function launchTruth(stack: Stack, launchId: string, plannedAds: number): Promise<LaunchTruth> {
  const objects = stack.sandbox.meta.objects().filter(living);
  const rows = await stack.query<{ kind: string; state: string; client_token: string; external_id: string | null }>(
    `select kind, state, client_token, external_id from launch_items where launch_id = $1 and kind <> 'media'`,
    [launchId],
  );
  const carrying = (token: string): OracleObject[] =>
    objects.filter((one) => one.labels.includes(token) || one.name?.endsWith(token) === true);
  const found = rows.map((row) => ({ row, objects: carrying(row.client_token) }));
  const known = new Set(rows.flatMap((row) => row.external_id ?? []));
  return {
    planned: plannedAds,
    created: found.filter(({ row, objects: own }) => row.kind === 'ad' && own.length > 0).length,
    duplicates: found.reduce((sum, { objects: own }) => sum + Math.max(0, own.length - 1), 0),
    lost: found.filter(({ row, objects: own }) => row.external_id !== null && !own.some((one) => one.id === row.external_id)).length,
    ghosts: objects.filter((one) => !known.has(one.id)).length,
    unclear: rows.filter((row) => !['VERIFIED', 'ACTIVE'].includes(row.state)).length,
  };
}

/** Launched ads that could spend now: on, in an ad set that is on, in a campaign that is on. */
export function adsOnAir(stack: Stack): number {
  const objects = stack.sandbox.meta.objects().filter(living);
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

import { and, eq, isNotNull } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { EntityKind } from '../../../platforms/ads/ad-platform.ts';
import type { ObjectRow } from '../engine/build-request.ts';
import { repeat } from '../engine/repeat.ts';
import type { Run } from '../engine/run-state.ts';
import type { Change } from './undo-state.ts';

const BELOW: Readonly<Partial<Record<ObjectRow['kind'], EntityKind>>> = { campaign: 'ad_set', ad_set: 'ad' };
/** Names told of what somebody else put into an object of ours. */
const NAMED = 3;

/**
 * What lives in these campaigns or ad sets and is not of this launch, by external id of what it lies in. Taking the parent away would take it
 * along, so a person has to say yes to that by name.
 */
export async function strangersIn(run: Run, rows: readonly ObjectRow[]): Promise<Map<string, Change>> {
  const { ctx, launch, platform, session } = run;
  const kind = rows[0] === undefined ? undefined : BELOW[rows[0].kind];
  if (kind === undefined) return new Map();
  const ours = new Set(await externalIds(run));
  const within = new Set(rows.map((row) => row.externalId));
  const campaigns =
    kind === 'ad_set' ? [...within] : [...new Set(rows.map((row) => run.parents.get(row.parentItemId ?? '')?.externalId ?? null))];
  const named = campaigns.filter((one) => one !== null);
  const inside = new Map<string, string[]>();
  await repeat(run, async () => {
    inside.clear();
    for await (const page of platform.accounts.entities(session, kind, named.length === campaigns.length ? named : undefined))
      for (const one of page) {
        const parent = kind === 'ad_set' ? one.campaignExternalId : one.adSetExternalId;
        if (parent === null || !within.has(parent) || ours.has(one.externalId)) continue;
        if (one.status.unified === 'archived' || one.status.unified === 'deleted') continue;
        inside.set(parent, [...(inside.get(parent) ?? []), one.name]);
      }
  });
  if (inside.size > 0) ctx.log.info('launch.undo_met_strangers', { launch: launch.id, kind, n: inside.size });
  return new Map([...inside].map(([parent, names]) => [parent, asChange(kind, names.toSorted())]));
}

function asChange(kind: EntityKind, names: readonly string[]): Change {
  const rest = names.length - NAMED;
  return {
    field: kind === 'ad_set' ? 'foreign_ad_sets' : 'foreign_ads',
    before: '0',
    now: `${names.length}: ${names.slice(0, NAMED).join(', ')}${rest > 0 ? ' …' : ''}`,
  };
}

async function externalIds({ ctx, launch }: Run): Promise<string[]> {
  const rows = await ctx.read((q) =>
    q
      .select({ externalId: launchItems.externalId })
      .from(launchItems)
      .where(
        and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId), isNotNull(launchItems.externalId)),
      ),
  );
  return rows.flatMap((row) => row.externalId ?? []);
}

import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { adAccounts, connections, launchAttempts, launchEvents, launches, launchItems, strayObjects, users } from '#schema/index.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { SpendLimit } from '#shared/rules/spend-limits.ts';
import { readApprovals, type Approval } from './approval/read-approvals.ts';
import { readLimits } from './limits/read-limits.ts';
import { ALL_PAUSED, loadSwitchFacts, type SwitchFacts } from './switch-facts.ts';

export type LaunchRow = typeof launches.$inferSelect;
/** A launch without what only opening it needs: plans are large, and a list shows many launches. */
export type LaunchHead = Omit<LaunchRow, 'plan' | 'searchText'>;
export interface LaunchFacts {
  launch: LaunchHead;
  account: Pick<typeof adAccounts.$inferSelect, 'name' | 'externalId' | 'platform'>;
  connection: Pick<typeof connections.$inferSelect, 'status' | 'expiresAt'>;
  tallies: {
    kind: typeof launchItems.$inferSelect.kind;
    state: typeof launchItems.$inferSelect.state;
    drifted: number;
    undoChanged: number;
    undoRefused: number;
    n: number;
  }[];
  callsMade: number;
  switched: SwitchFacts;
  adoptions: number;
  incidents: number;
  strays: number;
  people: Map<string, string>;
  appOrigin: string;
  limits: SpendLimit[];
  /** About the plan as it is now, newest first. */
  approvals: Approval[];
  correctors: string[];
}

/** One launch or not_found: missing and foreign ids, and those of another client, look alike. */
export async function fetchLaunch(ctx: Context, id: string): Promise<LaunchRow> {
  const [launch] = await ctx.read((q) =>
    q
      .select()
      .from(launches)
      .where(and(eq(launches.id, id), eq(launches.organizationId, ctx.organizationId), inOwnAccounts(ctx, launches.accountId))),
  );
  if (!launch) throw notFound('launch');
  return launch;
}

/** What a summary says about these launches, in ten statements however many they are. */
export async function loadLaunchFacts(ctx: Context, rows: readonly LaunchHead[]): Promise<LaunchFacts[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const mine = eq(launchItems.organizationId, ctx.organizationId);
  const [accounts, tallies, calls, findings, strays, switched, limits, said] = await Promise.all([
    ctx.read((q) =>
      q
        .select({
          id: adAccounts.id,
          name: adAccounts.name,
          externalId: adAccounts.externalId,
          platform: adAccounts.platform,
          status: connections.status,
          expiresAt: connections.expiresAt,
        })
        .from(adAccounts)
        .innerJoin(connections, eq(connections.id, adAccounts.connectionId))
        .where(
          and(
            eq(adAccounts.organizationId, ctx.organizationId),
            inArray(
              adAccounts.id,
              rows.map((row) => row.accountId),
            ),
          ),
        ),
    ),
    ctx.read((q) =>
      q
        .select({
          launchId: launchItems.launchId,
          kind: launchItems.kind,
          state: launchItems.state,
          n: count(),
          drifted: sql<number>`(count(*) filter (where ${launchItems.drift} is not null))::int`,
          undoChanged: sql<number>`(count(*) filter (where ${launchItems.undo} ->> 'state' = 'changed'))::int`,
          undoRefused: sql<number>`(count(*) filter (where ${launchItems.undo} ->> 'state' = 'refused'))::int`,
        })
        .from(launchItems)
        .where(and(mine, inArray(launchItems.launchId, ids)))
        .groupBy(launchItems.launchId, launchItems.kind, launchItems.state),
    ),
    ctx.read((q) =>
      q
        .select({ launchId: launchItems.launchId, n: count() })
        .from(launchAttempts)
        .innerJoin(launchItems, eq(launchItems.id, launchAttempts.itemId))
        .where(and(mine, inArray(launchItems.launchId, ids)))
        .groupBy(launchItems.launchId),
    ),
    ctx.read((q) =>
      q
        .select({ launchId: launchEvents.launchId, kind: launchEvents.kind, n: count() })
        .from(launchEvents)
        .where(
          and(
            eq(launchEvents.organizationId, ctx.organizationId),
            inArray(launchEvents.launchId, ids),
            inArray(launchEvents.kind, ['adopted', 'incident']),
          ),
        )
        .groupBy(launchEvents.launchId, launchEvents.kind),
    ),
    ctx.read((q) =>
      q
        .select({ accountId: strayObjects.accountId, n: count() })
        .from(strayObjects)
        .where(
          and(
            eq(strayObjects.organizationId, ctx.organizationId),
            isNull(strayObjects.goneAt),
            inArray(
              strayObjects.accountId,
              rows.map((row) => row.accountId),
            ),
          ),
        )
        .groupBy(strayObjects.accountId),
    ),
    loadSwitchFacts(ctx, ids),
    readLimits(ctx),
    readApprovals(ctx, rows),
  ]);
  const people = await namesOf(ctx, rows, said.approvals);
  const found = (launchId: string, kind: string) => findings.find((one) => one.launchId === launchId && one.kind === kind)?.n ?? 0;
  return rows.map((launch) => {
    const account = accounts.find((one) => one.id === launch.accountId);
    if (!account) throw new Error(`launch ${launch.id} has no ad account`);
    return {
      launch,
      account,
      connection: account,
      tallies: tallies.filter((tally) => tally.launchId === launch.id),
      adoptions: found(launch.id, 'adopted'),
      incidents: found(launch.id, 'incident'),
      strays: strays.find((one) => one.accountId === launch.accountId)?.n ?? 0,
      switched: switched.get(launch.id) ?? ALL_PAUSED,
      callsMade: calls.find((one) => one.launchId === launch.id)?.n ?? 0,
      appOrigin: ctx.ports.settings.APP_ORIGIN,
      people,
      limits,
      approvals: said.approvals.filter((one) => one.launchId === launch.id),
      correctors: said.corrections.filter((one) => one.launchId === launch.id).map((one) => one.by),
    };
  });
}

async function namesOf(ctx: Context, rows: readonly LaunchHead[], approvals: readonly Approval[]): Promise<Map<string, string>> {
  const ids = [
    ...rows.flatMap((row) => [row.createdBy, row.approvedBy]),
    ...approvals.flatMap((one) => [one.askedBy, one.decidedBy]),
  ].filter((id) => id !== null);
  const people = await ctx.read((q) =>
    q
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(inArray(users.id, [...new Set(ids)])),
  );
  return new Map(people.map((person) => [person.id, person.name]));
}

import { and, eq } from 'drizzle-orm';
import { adAccounts, connections, launches } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { adPlatform } from '../../../platforms/ads/registry.ts';
import { connectionToken, currentStatus, ourApp } from '../../connections/index.ts';
import { engineClock } from './clock.ts';
import { createFreightPace } from './freight.ts';
import { createPermits } from './permits.ts';
import type { AccountRun, Run } from './run-state.ts';

const WORKS: ReadonlySet<string> = new Set(['active', 'expiring']);

/** Everything one run needs; null = no such launch, or its connection does not work now (the launch waits for a person). */
export async function openRun(ctx: Context, launchId: string): Promise<Run | null> {
  const [launch] = await ctx.read((q) =>
    q
      .select()
      .from(launches)
      .where(and(eq(launches.id, launchId), eq(launches.organizationId, ctx.organizationId))),
  );
  const open = launch && (await openAccount(ctx, launch.accountId, launchId));
  if (!open) return null;
  const { bindings } = ctx.ports;
  const room = bindings.PROGRESS_ROOM.get(bindings.PROGRESS_ROOM.idFromName(launchId));
  return {
    ...open,
    launch,
    freight: createFreightPace(),
    parents: new Map(),
    lostFiles: new Set(),
    blocked: null,
    // Lost nudges are made up for by the listener's own look at Postgres.
    nudge: () =>
      ctx.ports.waitUntil(
        room.nudge().then(
          () => undefined,
          () => undefined,
        ),
      ),
  };
}

/**
 * An account with a session on it, every call paced and counted; null = no such account, or its connection does not work now.
 * @param asker who takes turns with others on the account
 */
export async function openAccount(ctx: Context, accountId: string, asker = accountId): Promise<AccountRun | null> {
  const [row] = await ctx.read((q) =>
    q
      .select({ account: adAccounts, connection: connections })
      .from(adAccounts)
      .innerJoin(connections, eq(connections.id, adAccounts.connectionId))
      .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId))),
  );
  if (!row || !WORKS.has(currentStatus(row.connection, ctx.now()))) return null;
  const { settings } = ctx.ports;
  const platform = adPlatform(row.account.platform);
  const permits = createPermits(ctx.ports, platform, row.account.externalId, asker);
  return {
    ctx,
    account: row.account,
    platform,
    clock: engineClock(settings),
    permits,
    session: {
      outside: (url, init) =>
        ctx.ports.outside(url, init).then(
          (answer) => {
            permits.onCall(answer.status < 500);
            return answer;
          },
          (error: unknown) => {
            permits.onCall(false);
            throw error;
          },
        ),
      accessToken: await connectionToken(ctx, row.account.connectionId),
      accountExternalId: row.account.externalId,
      ...(row.account.via === null ? {} : { via: row.account.via }),
      timeoutMs: settings.CALL_TIMEOUT_MS,
      ...ourApp(settings, row.connection.provider),
      onUsage: (usage) => permits.onUsage(usage),
      now: () => ctx.now(),
      sleep: (ms) => ctx.ports.sleep(ms),
    },
  };
}

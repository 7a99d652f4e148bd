import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adAccounts, launches } from '#schema/index.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, draftLaunch, rest } from '../../testing/launch-kit.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { connectionToken } from '../connections/index.ts';
import { engineClock } from './engine/clock.ts';
import { createFreightPace } from './engine/freight.ts';
import { concludeLaunch } from './engine/conclude-launch.ts';
import type { Run } from './engine/run-state.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

test('a run that looked before the switch-on was asked for does not put the launch back to rest', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 77 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 30_000);
  const ctx = await nodeContext(w, member.organizationId);
  const stateNow = async () => (await w.db.query('select state from launches where id = $1', [launch.id])).rows[0].state as string;
  // A slow run of before the end is still under way; the wish comes after its look at Postgres, while it asks the platform.
  const ask = () =>
    w.db.query(
      `with wish as (insert into launch_events (id, organization_id, launch_id, kind, detail, at) values ('lev_late', $1, $2, 'switch_on_requested', '{}', now())) update launches set state = 'running' where id = $2`,
      [member.organizationId, launch.id],
    );
  const platform = adPlatform('meta');
  let asked: Promise<unknown> | null = null;
  const findByTokens: typeof platform.objects.findByTokens = async (...given) => {
    asked ??= ask();
    await asked;
    return platform.objects.findByTokens(...given);
  };
  const [row] = await ctx.read((q) =>
    q
      .select({ launch: launches, account: adAccounts })
      .from(launches)
      .innerJoin(adAccounts, eq(adAccounts.id, launches.accountId))
      .where(and(eq(launches.id, launch.id), eq(launches.organizationId, ctx.organizationId))),
  );
  if (!row) throw new Error('The launch is gone.');
  const { settings, outside } = ctx.ports;
  const run: Run = {
    ctx,
    launch: { ...row.launch, state: 'running' },
    account: row.account,
    platform: { ...platform, objects: { ...platform.objects, findByTokens } },
    clock: engineClock(settings),
    permits: { take: async () => true, mostAtOnce: () => 50, onUsage: () => undefined, onCall: () => undefined },
    freight: createFreightPace(),
    parents: new Map(),
    lostFiles: new Set(),
    blocked: null,
    nudge: () => undefined,
    session: {
      outside,
      accessToken: await connectionToken(ctx, row.account.connectionId),
      accountExternalId: row.account.externalId,
      timeoutMs: settings.CALL_TIMEOUT_MS,
      appSecret: settings.META_APP_SECRET,
      onUsage: () => undefined,
    },
  };
  await concludeLaunch(run);
  expect(asked).not.toBeNull();
  expect(await stateNow()).toBe('running');
  // The next run knows of the wish and carries it out.
  await concludeLaunch(run);
  expect(await stateNow()).toBe('active');
  await ctx.close();
}, 180_000);

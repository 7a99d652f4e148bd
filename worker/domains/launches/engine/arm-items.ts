import { and, eq, inArray, isNull } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { AsBuilt, ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { repeat } from './repeat.ts';
import type { Run } from './run-state.ts';
import { isSwitchOpen, noteStatusDrift, storeStatus } from './switch-state.ts';

interface Armable {
  id: string;
  kind: ObjectKind;
  externalId: string;
}
const TRIES = 3;

/**
 * Every object is made paused, so that one the platform makes late can never run. Once the whole tree is verified, its ad sets and
 * ads are switched on below the campaign that stays paused: from then on one change of the campaign is the whole switch-on. Each is on
 * when it was read as on. `differs` = a campaign is on already, or the platform did not make the change: a person has to look.
 */
export async function armItems(run: Run): Promise<'armed' | 'again' | 'differs'> {
  const { ctx, launch, platform, session } = run;
  const rows = await ctx.read((q) =>
    q
      .select({ id: launchItems.id, kind: launchItems.kind, externalId: launchItems.externalId, asBuilt: launchItems.asBuilt })
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          eq(launchItems.state, 'VERIFIED'),
          inArray(launchItems.kind, ['campaign', 'ad_set', 'ad']),
          isNull(launchItems.drift),
        ),
      ),
  );
  const isOn = (row: (typeof rows)[number]) => (row.asBuilt as Pick<AsBuilt, 'status'> | null)?.status.unified === 'active';
  let open = rows.filter((row) => row.kind !== 'campaign' && !isOn(row)) as Armable[];
  if (open.length === 0) return 'armed';
  const campaigns = rows.filter((row) => row.kind === 'campaign') as Armable[];
  const above = await readStatuses(run, campaigns);
  if (above.length < campaigns.length) return 'again';
  const running = above.filter((one) => one.status.unified === 'active');
  if (running.length > 0 && !(await isSwitchOpen(run))) {
    await noteStatusDrift(run, running, 'paused', 'active');
    return 'differs';
  }
  for (let n = 1; ; n += 1) {
    const told = await repeat(run, () => platform.objects.setStatusMany(session, open, 'active'), { writes: open.length });
    const found = await readStatuses(run, open);
    const on = new Set(found.filter((one) => one.status.unified === 'active').map((one) => one.id));
    const wasRead = found.length === open.length;
    open = open.filter((row) => !on.has(row.id));
    if (open.length === 0) return 'armed';
    const answers = open.map((row) => told.get(row.externalId));
    const isClear = answers.every((answer) => answer === true || answer?.failure === 'refused');
    for (const answer of answers) if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
    if (!wasRead || !isClear) return 'again';
    if (n === TRIES) break;
    await ctx.ports.sleep(200 * n);
  }
  await noteStatusDrift(run, open, 'active', 'paused');
  return 'differs';
}

/** Reads and stores; what could not be read is left out. */
async function readStatuses(run: Run, rows: Armable[]): Promise<{ id: string; status: AsBuilt['status'] }[]> {
  const answers = await repeat(run, () => run.platform.objects.readMany(run.session, rows), { reads: rows.length });
  const seen = rows.flatMap((row) => {
    const found = answers.get(row.externalId);
    if (found instanceof PlatformError && found.failure === 'auth') run.blocked = found;
    return found === undefined || found instanceof PlatformError ? [] : [{ id: row.id, status: found.status }];
  });
  await storeStatus(run, seen);
  return seen;
}

import { and, eq, inArray, isNull } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { AsBuilt, ObjectKind, StatusSet } from '../../../platforms/ads/ad-platform.ts';
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
    const calls = { writes: open.length, reads: platform.objects.readsBack ? open.length : 0 };
    const told = await repeat(run, () => platform.objects.setStatusMany(session, open, 'active'), calls);
    const found = await readStatuses(run, open, told);
    const on = new Set(found.filter((one) => one.status.unified === 'active').map((one) => one.id));
    const wasRead = found.length === open.length;
    open = open.filter((row) => !on.has(row.id));
    if (open.length === 0) return 'armed';
    const answers = open.map((row) => told.get(row.externalId));
    const isClear = answers.every((answer) => (answer instanceof PlatformError ? answer.failure === 'refused' : answer !== undefined));
    for (const answer of answers) if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
    if (!wasRead || !isClear) return 'again';
    if (n === TRIES) break;
    await ctx.ports.sleep(200 * n);
  }
  await noteStatusDrift(run, open, 'active', 'paused');
  return 'differs';
}

/**
 * Reads and stores; what could not be read is left out.
 * @param told what the change of these rows was answered with: what it was read as already is not read again
 */
async function readStatuses(
  run: Run,
  rows: Armable[],
  told: ReadonlyMap<string, StatusSet | PlatformError> = new Map(),
): Promise<{ id: string; status: AsBuilt['status'] }[]> {
  const known = new Map([...told].flatMap(([id, answer]) => (answer === true || answer instanceof PlatformError ? [] : [[id, answer]])));
  const unread = rows.filter((row) => !known.has(row.externalId));
  const answers =
    unread.length === 0
      ? new Map<string, AsBuilt | PlatformError>()
      : await repeat(run, () => run.platform.objects.readMany(run.session, unread), { reads: unread.length });
  const seen = rows.flatMap((row) => {
    const found = answers.get(row.externalId);
    if (found instanceof PlatformError && found.failure === 'auth') run.blocked = found;
    const status = known.get(row.externalId) ?? (found instanceof PlatformError ? undefined : found?.status);
    return status === undefined ? [] : [{ id: row.id, status }];
  });
  await storeStatus(run, seen);
  return seen;
}

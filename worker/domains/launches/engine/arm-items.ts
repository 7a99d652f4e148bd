import { and, eq, inArray, isNull } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { AsBuilt, ObjectKind, StatusSet } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { inParts } from './in-parts.ts';
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
  const { ctx, launch } = run;
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
    const parts = await inParts(run, open, (part) => switchPart(run, part));
    open = parts.flatMap((part) => part.open);
    if (open.length === 0) return 'armed';
    if (!parts.every((part) => part.isClear)) return 'again';
    if (n === TRIES) break;
    await ctx.ports.sleep(200 * n);
  }
  await noteStatusDrift(run, open, 'active', 'paused');
  return 'differs';
}

/** What of a part is not on yet, and whether each of its answers said something. What the platform had no time for is not even read. */
async function switchPart(run: Run, part: Armable[]): Promise<{ open: Armable[]; isClear: boolean }> {
  const { objects } = run.platform;
  const calls = { writes: part.length, reads: objects.readsBack ? part.length : 0 };
  const told = await repeat(run, () => objects.setStatusMany(run.session, part, 'active'), calls);
  const answers = new Map(part.map((row) => [row.id, told.get(row.externalId)]));
  for (const answer of answers.values()) if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
  const sent = part.filter((row) => !isThrottled(answers.get(row.id)));
  const found = await readPart(run, sent, told);
  const on = new Set(found.filter((one) => one.status.unified === 'active').map((one) => one.id));
  const open = part.filter((row) => !on.has(row.id));
  return { open, isClear: found.length === sent.length && open.every((row) => isClear(answers.get(row.id))) };
}

type SetAnswer = StatusSet | PlatformError | undefined;
const isThrottled = (answer: SetAnswer): boolean => answer instanceof PlatformError && answer.failure === 'throttled';
const isClear = (answer: SetAnswer): boolean => (answer instanceof PlatformError ? answer.failure === 'refused' : answer !== undefined);

/** Reads and stores; what could not be read is left out. */
const readStatuses = async (run: Run, rows: Armable[]): Promise<{ id: string; status: AsBuilt['status'] }[]> =>
  (await inParts(run, rows, (part) => readPart(run, part))).flat();

/** @param told what the change of these rows was answered with: what it was read as already is not read again */
async function readPart(
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

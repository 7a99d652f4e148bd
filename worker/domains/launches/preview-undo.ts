import { and, eq, sql } from 'drizzle-orm';
import type { UndoPreview } from '#shared/contracts/launches.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { adDays, launchEvents, launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { isObject, type ObjectRow } from './engine/build-request.ts';
import { loadParents } from './engine/find-work.ts';
import { openRun } from './engine/open-run.ts';
import { fetchLaunch, loadLaunchFacts, type LaunchRow } from './launch-facts.ts';
import { presentItem } from './present-item.ts';
import { changedSince, hashOfChanges } from './undo/changed-since.ts';
import { OURS_AND_THERE } from './undo/find-undo-work.ts';
import { lookAtObjects } from './undo/look-at-objects.ts';
import { strangersIn } from './undo/strangers.ts';
import type { Change } from './undo/undo-state.ts';

/** A person waits this long; what was not read by then the undo reads itself before it touches it. */
const PATIENCE_MS = 8_000;
const TOGETHER = 50;
/** More would cost the account's launches their turns. */
const MOST_READ = 1_000;

/** What an undo would do, looked up at the platform now: nothing is changed. */
export async function previewUndo(ctx: Context, input: { id: string }): Promise<UndoPreview> {
  ctx.require('launches:undo');
  const launch = await fetchLaunch(ctx, input.id);
  const [[facts], all, spentMinor, wasOn] = await Promise.all([
    loadLaunchFacts(ctx, [launch]),
    ctx.read((q) =>
      q
        .select()
        .from(launchItems)
        .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId), OURS_AND_THERE))
        .orderBy(launchItems.position),
    ),
    spentSoFar(ctx, launch),
    wasSwitchedOn(ctx, launch),
  ]);
  if (!facts) throw new Error('facts of one launch');
  const rows = all.filter(isObject);
  const seen = await look(ctx, launch, rows);
  const { removal } = platformRules(facts.account.platform);
  const count = (kind: ObjectRow['kind']) => rows.filter((row) => row.kind === kind && !seen.gone.has(row.id)).length;
  return {
    platform: facts.account.platform,
    counts: { campaign: count('campaign'), ad_set: count('ad_set'), creative: count('creative'), ad: count('ad') },
    ways: removal.ways,
    gone: seen.gone.size,
    changed: await Promise.all(
      rows.flatMap((row) => {
        const changes = seen.changes.get(row.id);
        return changes === undefined
          ? []
          : [
              hashOfChanges(changes).then((changesHash) => {
                const { name, managerUrl } = presentItem(row, { attempts: [], steps: [] }, facts.account, {
                  people: new Map(),
                  corrections: [],
                });
                return { itemId: row.id, kind: row.kind, itemPath: row.itemPath, name, managerUrl, changes, changesHash };
              }),
            ];
      }),
    ),
    unread: rows.length - seen.read,
    mediaStay: facts.tallies.filter((one) => one.kind === 'media' && one.state === 'VERIFIED').reduce((n, one) => n + one.n, 0),
    leaves: [...removal.leaves],
    isOn: launch.state === 'active' || facts.switched.on + facts.switched.unsure > 0,
    currency: launch.currency,
    spentMinor,
    cannotComeBack: [
      ...(wasOn || (spentMinor ?? 0) > 0 ? (['money', 'learning'] as const) : []),
      ...(Object.values(removal.ways).includes('deleted') ? (['deleted'] as const) : []),
      ...(Object.values(removal.ways).includes('archived') ? (['archived'] as const) : []),
    ],
  };
}

interface Seen {
  read: number;
  gone: Set<string>;
  changes: Map<string, Change[]>;
}

/** Reads as much as a person waits for. Without access nothing is read, and the counts are those of our receipts. */
async function look(ctx: Context, launch: LaunchRow, rows: ObjectRow[]): Promise<Seen> {
  const seen: Seen = { read: 0, gone: new Set(), changes: new Map() };
  const run = await openRun(ctx, launch.id);
  if (run === null) return seen;
  const until = ctx.now().getTime() + PATIENCE_MS;
  await loadParents(run, rows);
  const parts = (['campaign', 'ad_set', 'ad', 'creative'] as const).flatMap((kind) => {
    const mine = rows.filter((row) => row.kind === kind);
    return Array.from({ length: Math.ceil(mine.length / TOGETHER) }, (_, i) => mine.slice(i * TOGETHER, (i + 1) * TOGETHER));
  });
  for (const part of parts) {
    if (run.blocked || seen.read >= MOST_READ || ctx.now().getTime() >= until) break;
    const looks = await lookAtObjects(run, part);
    const there = part.filter((row) => looks.get(row.id)?.is === 'there');
    const strangers = await strangersIn(run, there).catch((error: unknown) => {
      if (!(error instanceof PlatformError)) throw error;
      return null;
    });
    if (strangers === null) break;
    for (const row of part) {
      const one = looks.get(row.id);
      if (one?.is === 'gone') seen.gone.add(row.id);
      if (one?.is === 'there') {
        const foreign = strangers.get(row.externalId as string);
        const changes = [...changedSince(run, row, one.found), ...(foreign ? [foreign] : [])];
        if (changes.length > 0) seen.changes.set(row.id, changes);
      }
      if (one?.is !== 'unread') seen.read += 1;
    }
  }
  return seen;
}

/** Of its ads, as far as the figures have come; null = none are known. */
async function spentSoFar(ctx: Context, launch: LaunchRow): Promise<number | null> {
  const [row] = await ctx.read((q) =>
    q
      .select({ spent: sql<string | null>`sum(${adDays.spendMinor})::text` })
      .from(adDays)
      .innerJoin(
        launchItems,
        and(
          eq(launchItems.externalId, adDays.adExternalId),
          eq(launchItems.organizationId, adDays.organizationId),
          eq(launchItems.accountId, adDays.accountId),
        ),
      )
      .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.kind, 'ad'), eq(adDays.organizationId, ctx.organizationId))),
  );
  return row?.spent === null || row === undefined ? null : Number(row.spent);
}

/** Whether a switch was ever sent: from then on money may have been spent. */
async function wasSwitchedOn(ctx: Context, launch: LaunchRow): Promise<boolean> {
  if (launch.activatedAt !== null) return true;
  const rows = await ctx.read((q) =>
    q
      .select({ id: launchEvents.id })
      .from(launchEvents)
      .where(
        and(
          eq(launchEvents.launchId, launch.id),
          eq(launchEvents.organizationId, ctx.organizationId),
          eq(launchEvents.kind, 'switch_sent'),
        ),
      )
      .limit(1),
  );
  return rows.length > 0;
}

import { sql } from 'drizzle-orm';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import { accountMedia } from '#schema/index.ts';
import { noteVisible } from './first-visible.ts';
import type { ItemRow, Run } from './run-state.ts';
import { writeSeen, type Seen } from './write-seen.ts';

/** Lists lag behind an upload by seconds; an image not listed after this many looks is not there. */
const MOST_LOOKS = 30;

/** Images that may be looked at together. */
export const isListable = (run: Run, item: ItemRow): boolean =>
  run.platform.media.ready !== undefined && (item.spec as MediaSpec).kind === 'image';

/** Images, by one call for all of them. */
export async function verifyImages(run: Run, items: readonly ItemRow[]): Promise<void> {
  const { ready } = run.platform.media;
  if (!ready || !(await run.permits.take(5_000, { reads: 1, purpose: 'check' }))) return;
  const found = await ready(
    run.session,
    items.map((item) => item.externalId as string),
  );
  await noteFiles(
    run,
    items.map((item) => ({ item, state: found.has(item.externalId as string) ? 'ready' : 'processing', thumbnail: null })),
  );
}

/** One file; waiting for a video to be processed is a state, not a failure. */
export async function verifyFile(run: Run, item: ItemRow): Promise<void> {
  const { platform, session } = run;
  const { kind } = item.spec as MediaSpec;
  if (!(await run.permits.take(5_000, { reads: 2, purpose: 'check' }))) return;
  const externalId = item.externalId as string;
  const state = await platform.media.state(session, kind, externalId);
  const needsStill = state === 'ready' && kind === 'video' && platform.media.thumbnail !== undefined;
  const thumbnail = needsStill ? ((await platform.media.thumbnail?.(session, externalId)) ?? null) : null;
  await noteFiles(run, [{ item, state: needsStill && thumbnail === null ? 'processing' : state, thumbnail }]);
}

export interface FileState {
  item: ItemRow;
  state: 'ready' | 'processing' | 'failed';
  thumbnail: string | null;
}

/** Writes what was seen of files that are CREATED. What is ready is known to the account from now on. */
export async function noteFiles(run: Run, files: readonly FileState[]): Promise<void> {
  const { ctx } = run;
  const kindOf = ({ item }: FileState) => (item.spec as MediaSpec).kind;
  // A video is read by its id, so any state shows it; a picture that cannot be seen yet looks like one being processed.
  const shown = files.filter((file) => kindOf(file) === 'video' || file.state === 'ready').map(({ item }) => item);
  const seen = files.map((file): Seen => {
    const { item, state, thumbnail } = file;
    const isReady = state === 'ready';
    const isLost = state === 'failed' || (!isReady && kindOf(file) === 'image' && item.searches >= MOST_LOOKS);
    const waitMs = Math.min(10_000, (kindOf(file) === 'image' ? 300 : 1_000) * 1.25 ** item.searches);
    return {
      id: item.id,
      version: item.version,
      state: isReady ? 'VERIFIED' : 'CREATED',
      as_built: isReady ? { status: { unified: 'active', raw: 'ready' }, thumbnail } : null,
      drift: isLost ? [{ field: 'processing', planned: 'ready', found: state === 'failed' ? 'failed' : 'is gone' }] : null,
      due: isReady || isLost ? null : new Date(ctx.now().getTime() + waitMs).toISOString(),
      looks: item.searches + 1,
    };
  });
  await Promise.all([noteVisible(run, shown, 'read'), writeSeen(run, seen)]);
  const kept = files.flatMap(({ item, state }) => {
    const { sha256 } = item.spec as MediaSpec;
    if (state !== 'ready' || sha256 === null) return [];
    return [
      {
        organizationId: ctx.organizationId,
        accountId: run.account.id,
        sha256,
        externalId: item.externalId as string,
        createdAt: ctx.now(),
      },
    ];
  });
  if (kept.length > 0) {
    // What was lost at the platform and uploaded again may have another name there.
    const again = { externalId: sql`excluded.external_id` };
    const key = [accountMedia.organizationId, accountMedia.accountId, accountMedia.sha256];
    await ctx.read((q) => q.insert(accountMedia).values(kept).onConflictDoUpdate({ target: key, set: again }));
  }
}

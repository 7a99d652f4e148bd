import { and, eq, sql } from 'drizzle-orm';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import { media } from '#schema/index.ts';
import type { Created } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/** What a file is called at the platform: found again by its token, and the type stays readable. */
export function platformFileName(item: ItemRow): string {
  const { fileName } = item.spec as MediaSpec;
  const extension = /\.[A-Za-z0-9]{2,5}$/.exec(fileName)?.[0]?.toLowerCase() ?? '';
  return `inlay-${item.clientToken}${extension}`;
}

/**
 * Reads the stored file; the call that comes back sends it to the ad account. A video's parts make nothing yet: the call that does
 * looks at its claim again first.
 * @throws PlatformError refused when the file is no longer stored
 */
export async function prepareUpload(run: Run, item: ItemRow): Promise<(attempt: number) => Promise<Created>> {
  const { ctx, platform, session } = run;
  const spec = item.spec as MediaSpec;
  const key = await storedFile(run, spec);
  const name = platformFileName(item);
  const bucket = ctx.ports.bindings.MEDIA;
  if (spec.kind === 'image') {
    const stored = await bucket.get(key);
    if (!stored) throw gone(run, spec);
    const bytes = await stored.arrayBuffer();
    return async () => ({ ...(await platform.media.image(session, { name, bytes })), traceId: null });
  }
  const { video } = platform.media;
  if (!video) throw new PlatformError('refused', 'This platform takes no videos from us.', { platform: platform.id, code: 'no_videos' });
  const head = await bucket.head(key);
  if (!head) throw gone(run, spec);
  return async (attempt) => ({
    ...(await video(session, {
      name,
      size: head.size,
      slice: async (from, to) => {
        const part = await bucket.get(key, { range: { offset: from, length: to - from } });
        if (!part) throw gone(run, spec);
        return part.arrayBuffer();
      },
      beforeFinish: () => renewWindow(run, item, attempt),
    })),
    traceId: null,
  });
}

/** A long upload would eat its own window: it starts again before the one call that makes the video, if the claim still holds and the launch was not cancelled meanwhile. */
async function renewWindow(run: Run, item: ItemRow, attempt: number): Promise<void> {
  const now = run.ctx.now();
  const until = at(now.getTime() + run.clock.settle.windowMs);
  const rows = await statement(
    run.ctx,
    sql`update launch_items set settle_until = ${until}, not_before = ${until}, version = version + 1
    where id = ${item.id} and organization_id = ${run.ctx.organizationId} and state = 'SENDING' and attempt = ${attempt} and settle_until > ${at(now)}
      and exists (select from launches l where l.id = launch_items.launch_id and l.state = 'running') returning id`,
  );
  if (rows.length === 0)
    throw new PlatformError('throttled', 'The upload took longer than its claim, or the launch was cancelled; nothing was made.', {
      platform: run.platform.id,
      code: 'claim_lost',
    });
}

async function storedFile(run: Run, spec: MediaSpec): Promise<string> {
  const [row] = await run.ctx.read((q) =>
    q
      .select({ storageKey: media.storageKey })
      .from(media)
      .where(and(eq(media.organizationId, run.ctx.organizationId), eq(media.sha256, spec.sha256 ?? ''), eq(media.state, 'ready')))
      .limit(1),
  );
  if (!row) throw gone(run, spec);
  return row.storageKey;
}

const gone = (run: Run, spec: MediaSpec) =>
  new PlatformError('refused', `The file ${spec.fileName} is no longer stored. Upload it again.`, {
    platform: run.platform.id,
    code: 'media_gone',
  });

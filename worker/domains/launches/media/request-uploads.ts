import { and, eq, inArray } from 'drizzle-orm';
import type { requestUploads as contract } from '#shared/contracts/launches.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { media } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { actorName } from '../actor-name.ts';
import { kindOf, MAX_BYTES } from './media-limits.ts';
import { ticketMac } from './upload-ticket.ts';

const LIFE_MS = 15 * 60_000;

/** One ticket per file that is not here yet; files are told apart by their bytes, not their names. */
export async function requestUploads(ctx: Context, input: BodyOf<typeof contract>, origin: string): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  const refused = input.files.flatMap((file, i) => {
    const kind = kindOf(file.contentType);
    if (kind === null) return [{ path: `files.${i}.contentType`, message: `${file.fileName}: use PNG, JPEG, MP4 or MOV.` }];
    return file.bytes > MAX_BYTES[kind]
      ? [{ path: `files.${i}.bytes`, message: `${file.fileName}: at most ${MAX_BYTES[kind] / 1024 / 1024} MB.` }]
      : [];
  });
  if (refused.length > 0) throw new AppError('invalid_input', 'Some files cannot be used; none was taken.', { fields: refused });

  const here = await ctx.read((q) =>
    q
      .select({ id: media.id, sha256: media.sha256 })
      .from(media)
      .where(
        and(
          eq(media.organizationId, ctx.organizationId),
          eq(media.state, 'ready'),
          inArray(
            media.sha256,
            input.files.map((file) => file.sha256),
          ),
        ),
      ),
  );
  const known = new Map(here.map((row) => [row.sha256, row.id]));
  const fresh = new Map(
    input.files.filter((file) => !known.has(file.sha256)).map((file) => [file.sha256, { ...file, id: ctx.newId('med') }]),
  );
  if (fresh.size > 0) {
    const now = ctx.now();
    await ctx.transaction((tx) =>
      tx.sql.insert(media).values(
        [...fresh.values()].map((file) => ({
          id: file.id,
          organizationId: ctx.organizationId,
          sha256: file.sha256,
          fileName: file.fileName,
          kind: kindOf(file.contentType) ?? 'image',
          contentType: file.contentType,
          bytes: file.bytes,
          storageKey: `${ctx.organizationId}/${file.sha256}`,
          state: 'waiting' as const,
          createdBy: actorName(ctx),
          createdAt: now,
        })),
      ),
    );
  }
  const box = await ctx.box();
  const expiresAt = ctx.now().getTime() + LIFE_MS;
  return {
    uploads: await Promise.all(
      input.files.map(async ({ sha256 }) => {
        const stored = known.get(sha256);
        if (stored !== undefined) return { mediaId: stored, sha256, url: null };
        const mediaId = fresh.get(sha256)?.id;
        if (mediaId === undefined) throw new Error(`no ticket was made for ${sha256}`);
        const mac = await ticketMac(box, { mediaId, organizationId: ctx.organizationId, expiresAt });
        return { mediaId, sha256, url: `${origin}/v1/media/uploads/${mediaId}?org=${ctx.organizationId}&until=${expiresAt}&mac=${mac}` };
      }),
    ),
  };
}

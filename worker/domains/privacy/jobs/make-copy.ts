import { and, eq } from 'drizzle-orm';
import { dataExports, users } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { queueMail } from '../../mail/index.ts';
import { openFile, type FileWriter } from '../copies/open-file.ts';
import { writeOrganization } from '../copies/write-organization.ts';
import { writePerson } from '../copies/write-person.ts';
import { makeCopyRef } from './refs.ts';

const LIFE_MS = 24 * 3_600_000;

/** Writes a copy into storage and tells who asked. A repeat writes the same key; one of them makes it ready and sends the mail. */
export const makeCopy = defineJob({
  ...makeCopyRef,
  async run(ctx, { exportId }) {
    const mine = and(eq(dataExports.id, exportId), eq(dataExports.organizationId, ctx.organizationId), eq(dataExports.state, 'queued'));
    const [row] = await ctx.read((q) => q.select().from(dataExports).where(mine));
    if (!row) return;
    const storageKey = copyKey(ctx.organizationId, exportId);
    const { bytes, sha256 } = await write(ctx, storageKey, (file) =>
      row.kind === 'organization' ? writeOrganization(ctx, file) : writePerson(ctx, file, row.requestedBy),
    );
    const expiresAt = new Date(ctx.now().getTime() + LIFE_MS);
    await ctx.transaction(async (tx) => {
      const [ready] = await tx.sql
        .update(dataExports)
        .set({ state: 'ready', storageKey, bytes, sha256, expiresAt })
        .where(mine)
        .returning({ id: dataExports.id });
      if (!ready) return;
      const [asker] = await tx.sql.select().from(users).where(eq(users.id, row.requestedBy));
      if (!asker || asker.disabledAt) return;
      await queueMail(ctx, tx, {
        template: 'export_ready',
        to: asker.email,
        locale: asker.locale,
        userId: asker.id,
        data: {
          name: asker.name,
          // Not the file's own address: a mailbox is no place for a key to everything.
          link: new URL(row.kind === 'organization' ? '/settings/data' : '/settings/security', ctx.ports.settings.APP_ORIGIN).href,
          expiresAt: expiresAt.toISOString(),
        },
      });
    });
  },
});

export const copyKey = (organizationId: string, exportId: string): string => `exports/${organizationId}/${exportId}.json`;

async function write(ctx: Context, key: string, fill: (file: FileWriter) => Promise<void>): Promise<{ bytes: number; sha256: string }> {
  const file = await openFile(ctx.ports.bindings.MEDIA, key, 'application/json');
  let isWhole = false;
  try {
    await fill(file);
    isWhole = true;
    return await file.close();
  } finally {
    if (!isWhole) await file.abandon();
  }
}

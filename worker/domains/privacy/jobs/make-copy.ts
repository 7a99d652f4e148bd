import { and, eq, inArray, isNull } from 'drizzle-orm';
import { dataExports, memberships, organizations, users } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { queueMail } from '../../mail/index.ts';
import { openFile, type FileWriter } from '../copies/open-file.ts';
import { writeCustomer } from '../copies/write-customer.ts';
import { writeOrganization } from '../copies/write-organization.ts';
import { writePerson } from '../copies/write-person.ts';
import { makeCopyRef } from './refs.ts';

type Row = typeof dataExports.$inferSelect;
const LIFE_MS = 24 * 3_600_000;

/** Writes a copy into storage and tells who asked. A repeat writes the same key; one of them makes it ready and sends the mail. */
export const makeCopy = defineJob({
  ...makeCopyRef,
  async run(ctx, { exportId, customer }) {
    // One that was given up, too: somebody replayed it.
    const mine = and(own(ctx, exportId), inArray(dataExports.state, ['queued', 'failed']));
    const [row] = await ctx.read((q) => q.select().from(dataExports).where(mine));
    if (!row) return;
    const storageKey = copyKey(ctx.organizationId, exportId);
    const { bytes, sha256 } = await write(ctx, storageKey, async (file) => {
      if (row.kind === 'organization') await writeOrganization(ctx, file);
      else if (row.kind === 'person') await writePerson(ctx, file, row.requestedBy);
      else await writeCustomer(ctx, file, customer?.people ?? []);
    });
    const expiresAt = new Date(ctx.now().getTime() + LIFE_MS);
    await ctx.transaction(async (tx) => {
      const [ready] = await tx.sql
        .update(dataExports)
        .set({ state: 'ready', storageKey, bytes, sha256, expiresAt })
        .where(mine)
        .returning({ id: dataExports.id });
      if (ready) await tell(ctx, tx, row, expiresAt);
    });
  },
  /** Whoever waits sees that it failed, and may ask for another one. */
  async givenUp(ctx, { exportId }) {
    await ctx.read((q) =>
      q
        .update(dataExports)
        .set({ state: 'failed' })
        .where(and(own(ctx, exportId), eq(dataExports.state, 'queued'))),
    );
  },
});

const own = (ctx: Context, exportId: string) => and(eq(dataExports.id, exportId), eq(dataExports.organizationId, ctx.organizationId));

/** Whoever asked; of a customer's copy, the owners. The link leads to the app: a mailbox is no place for a key to everything. */
async function tell(ctx: Context, tx: Tx, { kind, requestedBy }: Row, expiresAt: Date): Promise<void> {
  const readers =
    kind === 'customer'
      ? await tx.sql
          .select({ user: users, organization: organizations.name })
          .from(memberships)
          .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
          .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
          .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.role, 'owner')))
      : (
          await tx.sql
            .select()
            .from(users)
            .where(and(eq(users.id, requestedBy), isNull(users.disabledAt)))
        ).map((user) => ({ user, organization: null }));
  const link = new URL(kind === 'person' ? '/settings/account' : '/settings/data', ctx.ports.settings.APP_ORIGIN).href;
  for (const { user, organization } of readers) {
    const to = { to: user.email, locale: user.locale, userId: user.id };
    const data = { name: user.name, link, expiresAt: expiresAt.toISOString() };
    await (organization === null
      ? queueMail(ctx, tx, { ...to, template: 'export_ready', data })
      : queueMail(ctx, tx, { ...to, template: 'customer_copy_ready', data: { ...data, organization, shop: requestedBy } }));
  }
}

const copyKey = (organizationId: string, exportId: string): string => `exports/${organizationId}/${exportId}.json`;

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

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob, type JobRef } from '../../../kernel/define-job.ts';
import { sendMessages } from '../../../kernel/send-messages.ts';
import { NOBODYS, rewrapValues } from '../keys/rewrap-values.ts';

export const rewrapKeysRef: JobRef<{ everywhere: boolean }> = {
  name: 'rewrap-keys',
  queue: 'job',
  input: z.object({ everywhere: z.boolean().default(false) }),
};
const rewrapOrganizationRef = { name: 'rewrap-organization', queue: 'job', input: z.object({}) } as const;

/**
 * Finds whose values are not under the newest key and asks for each; `everywhere` looks at every value, not only at the mark each
 * organization carries. After a change of keys the daily look does all of it by itself.
 */
export const rewrapKeys = defineJob({
  ...rewrapKeysRef,
  async run(ctx, { everywhere }) {
    const newest = ctx.ports.settings.KEY_ENCRYPTION_VERSION;
    const { rows } = await ctx.ports.database
      .within({})
      .read((q) =>
        q.execute<{ organization_id: string }>(
          everywhere
            ? sql`select distinct organization_id from sealed_versions() where version <> ${newest} and organization_id is not null`
            : sql`select organization_id from due_rewraps(${newest})`,
        ),
      );
    const ids = new Set([...rows.map((row) => row.organization_id), ...NOBODYS]);
    await sendMessages(
      ctx.ports.bindings,
      [...ids].map((organizationId) => ({
        queue: rewrapOrganizationRef.queue,
        message: { v: 1, job: rewrapOrganizationRef.name, organizationId, input: {} },
        delaySeconds: 0,
      })),
    );
  },
});

export const rewrapOrganization = defineJob({
  ...rewrapOrganizationRef,
  async run(ctx) {
    const rewrapped = await rewrapValues(ctx);
    if (rewrapped > 0) await ctx.transaction((tx) => tx.audit('keys.rewrapped', null, { rewrapped }));
  },
});

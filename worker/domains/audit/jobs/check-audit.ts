import { z } from 'zod';
import { auditChecks } from '#schema/index.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { auditSealState } from '../audit-seal-state.ts';
import { fitsAnchor, keepAnchor } from '../audit-anchor.ts';

/** Holds an organization's audit log against its seals, and the seals against what was noted outside the database. */
export const checkAuditJob = defineJob({
  name: 'check-audit',
  queue: 'job',
  input: z.object({ at: z.iso.datetime() }),
  async run(ctx) {
    const { sealedUntil, isIntact: isSealed } = await auditSealState(ctx);
    const isIntact = isSealed && (await fitsAnchor(ctx));
    const check = { sealedUntil, isIntact, at: ctx.now() };
    await ctx.read((q) =>
      q
        .insert(auditChecks)
        .values({ organizationId: ctx.organizationId, ...check })
        .onConflictDoUpdate({ target: auditChecks.organizationId, set: check }),
    );
    if (isIntact) await keepAnchor(ctx);
    else ctx.log.error('audit.not_intact', new Error('Audit rows or seals are not what was sealed.'));
  },
});

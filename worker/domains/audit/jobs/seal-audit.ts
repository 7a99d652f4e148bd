import { z } from 'zod';
import { defineJob } from '../../../kernel/define-job.ts';
import { sealAudit } from '../seal-audit.ts';

/** Seals what is old enough that no transaction can still be writing it. */
export const sealAuditJob = defineJob({
  name: 'seal-audit',
  queue: 'job',
  input: z.object({ until: z.iso.datetime() }),
  run: (ctx, { until }) => sealAudit(ctx, new Date(until)),
});

import { z } from 'zod';
import { defineJob, RunAgainLater } from '../../../kernel/define-job.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { fetchLead } from '../fetch-lead.ts';

/** One lead that could not be read at once. What even this job cannot read is found by the hourly reconciliation. */
export const ingestLead = defineJob({
  name: 'ingest-lead',
  queue: 'webhook',
  input: z.object({ pageExternalId: z.string(), sourceLeadId: z.string() }),
  async run(ctx, { pageExternalId, sourceLeadId }) {
    try {
      await fetchLead(ctx, { pageExternalId, sourceLeadId, formExternalId: null });
    } catch (error) {
      if (error instanceof PlatformError && error.failure === 'throttled')
        throw new RunAgainLater(Math.min(600, error.detail.retryAfterSeconds ?? 30));
      throw error;
    }
  },
});

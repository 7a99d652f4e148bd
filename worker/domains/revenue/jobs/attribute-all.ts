import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { attributeAllRef } from '../../people/index.ts';
import { attributeSome } from '../attribute-person.ts';

const ORDERS_PER_RUN = 500;

/** Every order of the organization, some at a time. */
export const attributeAll: Job<{ after?: string | undefined }> = defineJob({
  ...attributeAllRef,
  async run(ctx, { after }) {
    const last = await attributeSome(ctx, after, ORDERS_PER_RUN);
    if (last !== null) await ctx.transaction((tx) => tx.enqueue(attributeAllRef, { after: last }));
  },
});

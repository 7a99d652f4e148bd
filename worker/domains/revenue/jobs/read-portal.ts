import { defineJob } from '../../../kernel/define-job.ts';
import { connectionToken, readPortalRef } from '../../connections/index.ts';

/** After a portal was connected: nothing is copied, contacts are read when their card is opened. The token is proven to work. */
export const readPortal = defineJob({
  ...readPortalRef,
  async run(ctx, { connectionId }) {
    await connectionToken(ctx, connectionId);
  },
});

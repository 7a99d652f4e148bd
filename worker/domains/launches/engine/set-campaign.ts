import { PlatformError } from '../../../platforms/platform-error.ts';
import type { AsBuilt } from '../../../platforms/ads/ad-platform.ts';
import { repeat } from './repeat.ts';
import type { Run } from './run-state.ts';
import { storeStatus } from './switch-state.ts';

export interface CampaignRow {
  id: string;
  externalId: string;
}
const TRIES = 3;

/**
 * Sets a campaign and reads it back until it is so, or until the platform has not made the change three times. Answers with what was
 * read last; null = `mayGoOn` said no before anything was sent.
 * @throws PlatformError when it could not be read: then nobody knows
 */
export async function setCampaign(
  run: Run,
  campaign: CampaignRow,
  status: 'active' | 'paused',
  mayGoOn: () => Promise<boolean> = async () => true,
): Promise<AsBuilt['status'] | null> {
  const { objects } = run.platform;
  for (let n = 1; ; n += 1) {
    try {
      const isSent = await repeat(
        run,
        async () => (await mayGoOn()) && objects.setStatus(run.session, 'campaign', campaign.externalId, status).then(() => true),
      );
      if (!isSent) return null;
    } catch (error) {
      if (!(error instanceof PlatformError) || error.failure !== 'refused') throw error;
    }
    const found = await repeat(run, () => objects.read(run.session, 'campaign', campaign.externalId));
    await storeStatus(run, [{ id: campaign.id, status: found.status }]);
    if (found.status.unified === status || n === TRIES) return found.status;
    await run.ctx.ports.sleep(200 * n);
  }
}

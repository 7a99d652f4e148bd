import { sweepRawWebhooks } from './sweep-raw-webhooks.ts';

export const webhookJobs = [sweepRawWebhooks] as const;

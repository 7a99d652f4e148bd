import { deliverWebhooks } from './deliver-webhooks.ts';

export const machineJobs = [deliverWebhooks];

import { recordClickJob } from './record-click.ts';
import { sweepClicks } from './sweep-clicks.ts';

export const affiliateJobs = [recordClickJob, sweepClicks] as const;

import { sendDigest } from './send-digest.ts';

export const digestJobs = [sendDigest] as const;

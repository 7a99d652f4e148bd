import { sendLink } from './send-link.ts';

export const identityJobs = [sendLink];

import { listAccount } from './list-account.ts';
import { runLaunchJob } from './run-launch.ts';
import { sweepLaunch } from './sweep-launch.ts';

export const launchJobs = [runLaunchJob, sweepLaunch, listAccount] as const;

import { readAdAccounts } from './read-ad-accounts.ts';
import { extendInsights, syncAdAccount } from './sync-ad-account.ts';

export const insightJobs = [readAdAccounts, syncAdAccount, extendInsights] as const;

export { accountWindows, type AccountWindow } from './account-windows.ts';
export { bumpDataVersion } from './data-version.ts';
export { lookUpMetrics } from './look-up-metrics.ts';
export { syncAdAccount } from './jobs/sync-ad-account.ts';
export { saveEntities } from './save-entities.ts';

import { refreshConnection } from './refresh-connection.ts';

export const connectionJobs = [refreshConnection] as const;

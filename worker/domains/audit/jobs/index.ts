import { checkAuditJob } from './check-audit.ts';
import { sealAuditJob } from './seal-audit.ts';

export const auditJobs = [sealAuditJob, checkAuditJob] as const;

import { affiliateJobs } from '../domains/affiliates/jobs/index.ts';
import { auditJobs } from '../domains/audit/jobs/index.ts';
import { connectionJobs } from '../domains/connections/jobs/index.ts';
import { digestJobs } from '../domains/digest/jobs/index.ts';
import { identityJobs } from '../domains/identity/jobs/index.ts';
import { insightJobs } from '../domains/insights/jobs/index.ts';
import { launchJobs } from '../domains/launches/jobs/index.ts';
import { leadJobs } from '../domains/leads/jobs/index.ts';
import { machineJobs } from '../domains/machines/jobs/index.ts';
import { mailJobs } from '../domains/mail/jobs/index.ts';
import { operationJobs } from '../domains/operations/jobs/index.ts';
import { privacyJobs } from '../domains/privacy/jobs/index.ts';
import { revenueJobs } from '../domains/revenue/jobs/index.ts';
import { webhookJobs } from '../domains/webhooks/jobs/index.ts';
import type { Job } from '../kernel/define-job.ts';

/** Every job there is. A name that stands twice would shadow a job silently, so it stops the Worker. */
const registry = new Map<string, Job>();
for (const job of [
  ...affiliateJobs,
  ...auditJobs,
  ...connectionJobs,
  ...digestJobs,
  ...identityJobs,
  ...insightJobs,
  ...launchJobs,
  ...leadJobs,
  ...machineJobs,
  ...mailJobs,
  ...operationJobs,
  ...privacyJobs,
  ...revenueJobs,
  ...webhookJobs,
] as unknown as Job[]) {
  if (registry.has(job.name)) throw new Error(`Two jobs are called ${job.name}.`);
  registry.set(job.name, job);
}

export const findJob = (name: string): Job | undefined => registry.get(name);
/** Every kind of work there is: what the wall tests walk. */
export const jobNames = (): Iterable<string> => registry.keys();

import { z } from 'zod';
import type { JobRef } from '../../../kernel/define-job.ts';

export const makeCopyRef: JobRef<{ exportId: string; customer?: { shop: string; people: string[] } | undefined }> = {
  name: 'make-copy',
  queue: 'job',
  input: z.object({ exportId: z.string(), customer: z.object({ shop: z.string(), people: z.array(z.string()) }).optional() }),
};
export const erasePlatformUserRef: JobRef<{ code: string; connections: { organizationId: string; connectionId: string }[] }> = {
  name: 'erase-platform-user',
  queue: 'job',
  input: z.object({ code: z.string(), connections: z.array(z.object({ organizationId: z.string(), connectionId: z.string() })) }),
};

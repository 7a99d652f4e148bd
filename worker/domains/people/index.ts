import { z } from 'zod';
import type { JobRef } from '../../kernel/define-job.ts';

export { countryOfTimezone } from './country-of-timezone.ts';
export { findOrCreatePerson, type FoundPerson } from './find-or-create-person.ts';
export { forgetKeys, lockPeople } from './forget-keys.ts';
export { clickIdKey, emailKey, phoneKey, type KeyKind, type PersonKey } from './person-keys.ts';

/** Asked for when a person with orders gained touches or another person's: their orders' credits must be worked out again. Done by revenue. */
export const attributePersonRef: JobRef<{ personId: string }> = {
  name: 'attribute-person',
  queue: 'job',
  input: z.object({ personId: z.string() }),
};
/** Asked for when what every order is judged by has changed (attribution window, timezone). `after` is the last order done. Done by revenue. */
export const attributeAllRef: JobRef<{ after?: string | undefined }> = {
  name: 'attribute-all',
  queue: 'job',
  input: z.object({ after: z.string().optional() }),
};

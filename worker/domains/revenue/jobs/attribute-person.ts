import { defineJob } from '../../../kernel/define-job.ts';
import { attributePersonRef } from '../../people/index.ts';
import { attributePerson } from '../attribute-person.ts';

export const attributePersonJob = defineJob({ ...attributePersonRef, run: (ctx, { personId }) => attributePerson(ctx, personId) });

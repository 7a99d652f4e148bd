import { defineJob } from '../../../kernel/define-job.ts';
import { click } from '../click.ts';
import { recordClick } from '../record-click.ts';

export const recordClickJob = defineJob({ name: 'record-click', queue: 'job', input: click, run: recordClick });

export { defineIngest } from './define-ingest.ts';

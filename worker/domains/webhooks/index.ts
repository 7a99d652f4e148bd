export { defineIngest, type Afterwards } from './define-ingest.ts';

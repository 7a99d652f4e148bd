export { auditSealState } from './audit-seal-state.ts';

export { dropAnchor } from './audit-anchor.ts';
export { auditSealState } from './audit-seal-state.ts';

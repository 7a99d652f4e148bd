export { presentOrganization } from './present-me.ts';

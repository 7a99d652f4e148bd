export { bumpDataVersion } from './data-version.ts';
export { saveEntities } from './save-entities.ts';

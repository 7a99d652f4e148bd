export { leadCard, type ContactRef } from './lead-card/lead-card.ts';

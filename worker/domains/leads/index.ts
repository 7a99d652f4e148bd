export { forgetContacts, keysOfLeads } from './forget-contacts.ts';

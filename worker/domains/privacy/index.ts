export { askCustomerCopy } from './copies/ask-copy.ts';

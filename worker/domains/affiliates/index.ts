export { affiliateStats } from './affiliate-stats.ts';
export { findByCustomer } from './find-by-customer.ts';
export { keepCarriers, unlinkCustomer, type Carriers } from './keep-carriers.ts';
export { judgeOrder } from './judge-order.ts';

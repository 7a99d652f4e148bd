export { affiliateStats } from './affiliate-stats.ts';
export { findByCustomer } from './find-by-customer.ts';
export { judgeOrder } from './judge-order.ts';

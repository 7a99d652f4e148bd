export { judgeOrder } from './judge-order.ts';

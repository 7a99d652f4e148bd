export * as identity from './identity.ts';
export * as connections from './connections.ts';
export * as metrics from './metrics.ts';
export * as launches from './launches.ts';
export * as revenue from './revenue.ts';
export * as embeds from './embeds.ts';
export * as affiliates from './affiliates.ts';
export type { Contract, AnyContract } from './define-contract.ts';

export * from './identity.ts';
export * from './connections.ts';
export * from './launches.ts';
export * from './insights.ts';
export * from './revenue.ts';
export * from './affiliates.ts';
export * from './system.ts';

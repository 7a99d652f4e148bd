export {
  adAccountSession,
  connectionSession,
  connectionToken,
  pageAccess,
  READ_TIMEOUT_MS,
  readSession,
  type ReadSession,
} from './connection-token.ts';
export { connectedPlatform } from './connected-platform.ts';
export { disconnect } from './disconnect.ts';
export { endConnection } from './end-connection.ts';
export { beginRecords, endRecords } from './known-records.ts';
export { markConnectionExpired } from './mark-expired.ts';
export { pageTokenPlace } from './places.ts';
export { currentStatus } from './present-connection.ts';
export { whileConnected } from './while-connected.ts';
export { ourApp, readAdAccountsRef, readLeadPagesRef, readPortalRef, readShopRef } from './providers.ts';

import type { AdAccount } from '#shared/contracts/connections.ts';
import * as connections from '#shared/contracts/connections.ts';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';

/** Pages that ads of the account may speak for. */
export function useAccountPages(account: AdAccount) {
  const transport = useTransport();
  return useLoad(
    `pages ${account.id}`,
    async (signal) => (await transport.call(connections.listPages, { params: { id: account.id }, signal })).pages,
  ).now;
}

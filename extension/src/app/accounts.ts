import { signal } from '@preact/signals';
import * as connections from '#shared/contracts/connections.ts';
import type { AdAccount } from '#shared/contracts/connections.ts';
import type { Transport } from '../messaging/transport.ts';
import { chosenAccount } from './preferences.ts';

/** Ad accounts of the organization, read once and again after a connection changed; null until known. */
export const adAccounts = signal<readonly AdAccount[] | null>(null);

export async function loadAdAccounts(transport: Transport): Promise<void> {
  adAccounts.value = (await transport.call(connections.listAdAccounts, {})).adAccounts;
}

/** The account the screens are about: the one chosen in this browser, else the first; null when there is none. */
export function currentAccount(): AdAccount | null {
  const all = adAccounts.value ?? [];
  return all.find((account) => account.id === chosenAccount.value) ?? all[0] ?? null;
}

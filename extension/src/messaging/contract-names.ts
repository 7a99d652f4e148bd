import * as contracts from '#shared/contracts/index.ts';
import type { AnyContract } from '#shared/contracts/index.ts';

const isContract = (value: unknown): value is AnyContract =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value && 'response' in value;

const byName = new Map<string, AnyContract>();
for (const [domain, exported] of Object.entries(contracts))
  for (const [name, value] of Object.entries(exported)) if (isContract(value)) byName.set(`${domain}.${name}`, value);
const byContract = new Map<unknown, string>([...byName].map(([name, contract]) => [contract, name]));

/** The contract called `domain.export`, or null: the set is closed. */
export const contractNamed = (name: string): AnyContract | null => byName.get(name) ?? null;

/** @throws when the contract is not one of shared/contracts: that is a mistake in our code. */
export function nameOf(contract: unknown): string {
  const name = byContract.get(contract);
  if (name === undefined) throw new Error('This contract is not exported by shared/contracts/index.ts.');
  return name;
}

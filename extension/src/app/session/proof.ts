import { signal } from '@preact/signals';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { Transport } from '../../messaging/transport.ts';
import { useTransport } from '../transport-context.ts';

interface ProofQuestion {
  account: Account;
  answer: (proven: boolean) => void;
}
/** What the proof dialog asks right now; null = nothing. */
export const proofQuestion = signal<ProofQuestion | null>(null);
let asking: Promise<boolean> | null = null;

type WithProof = <T>(run: () => Promise<T>) => Promise<T>;

/**
 * For calls that want a fresh proof of who sits here: `const withProof = useProof(); withProof(() => transport.call(…))`. When the API asks
 * for proof the dialog opens, and the call is made again. Whoever closes the dialog gets the API's own refusal: nothing was done.
 */
export const useProof = (): WithProof => withProofOf(useTransport());

export function withProofOf(transport: Pick<Transport, 'call'>): WithProof {
  return async (run) => {
    try {
      return await run();
    } catch (cause) {
      if (!asksForProof(cause) || !(await askOnce(transport))) throw cause;
      return run();
    }
  };
}

const asksForProof = (cause: unknown): boolean => cause instanceof ApiError && cause.problem.code === 'proof_needed';

/** Two calls that ask at the same time are answered by one dialog. */
function askOnce(transport: Pick<Transport, 'call'>): Promise<boolean> {
  asking ??= ask(transport).finally(() => {
    asking = null;
    proofQuestion.value = null;
  });
  return asking;
}

async function ask(transport: Pick<Transport, 'call'>): Promise<boolean> {
  const account = await transport.call(contracts.getAccount, {});
  return new Promise((answer) => {
    proofQuestion.value = { account, answer };
  });
}

/** What the account proves with: a code where the second factor is on, and nothing less; else the password, or a code by mail. */
export const meansOf = (account: Pick<Account, 'secondFactorSince' | 'hasPassword'>): 'app' | 'password' | 'mail' =>
  account.secondFactorSince !== null ? 'app' : account.hasPassword ? 'password' : 'mail';

/** The second factor is on, whatever the account looked like when the dialog opened. */
export const asksForCode = (cause: unknown): boolean => cause instanceof ApiError && cause.problem.reason === 'proof_by_code';

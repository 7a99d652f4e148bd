import { createApiClient, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import type { Me } from '#shared/contracts/identity.ts';
import { ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import { contractNamed } from '../messaging/contract-names.ts';
import type { ApiCall } from '../messaging/messages.ts';
import type { Session } from './session.ts';

/** The one place in the extension that talks to the network, but for media bytes, which cannot cross a message. */
export function createApiGateway(origin: string, session: Session, fetch: (url: string, init: RequestInit) => Promise<Response>) {
  // Cookies travel for one reason: connecting a platform has to end in the browser where it began.
  const client: ApiClient = createApiClient({ origin, fetch, authorize: (refresh) => session.headers(refresh), credentials: 'include' });
  return {
    client,
    /** A call named by a page of ours; session contracts are refused, their tokens must not reach a page. */
    async callByName(call: ApiCall): Promise<unknown> {
      const contract = contractNamed(call.contract);
      if (contract === null || contract.access.kind !== 'member') throw new ApiUnreachable('The background does not make this call.');
      const answer: unknown = await client.call(contract, call.input as never);
      if (contract === identity.getMe) await session.update(answer as Me);
      if (contract === organizations.updateOrganization) {
        const me = await session.me();
        if (me !== null) await session.update({ ...me, organization: answer as Me['organization'] });
      }
      return answer;
    },
    /** An event stream, opened with the session's authorization and once more after a 401. */
    async openEvents(path: string, signal: AbortSignal): Promise<Response> {
      const open = async (refresh: boolean): Promise<Response> =>
        fetch(origin + path, {
          headers: { accept: 'text/event-stream', ...(await session.headers(refresh)) },
          signal,
          cache: 'no-store',
          credentials: 'omit',
        });
      const first = await open(false);
      return first.status === 401 ? open(true) : first;
    },
  };
}
export type ApiGateway = ReturnType<typeof createApiGateway>;

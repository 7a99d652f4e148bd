import { createApiClient, refuseProblem, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import * as account from '#shared/contracts/account.ts';
import type { AnyContract } from '#shared/contracts/index.ts';
import type { Me, Tokens } from '#shared/contracts/identity.ts';
import { ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import { contractNamed } from '../messaging/contract-names.ts';
import type { ApiCall } from '../messaging/messages.ts';
import { carriesTokens, SESSION_MOVES, type SessionMove } from '../messaging/session-moves.ts';
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
      if (contract === null || !mayBeNamed(contract)) throw new ApiUnreachable('The background does not make this call.');
      const answer: unknown = await client.call(contract, call.input as never);
      if (contract === identity.getMe) await session.update(answer as Me);
      if (contract === organizations.updateOrganization) {
        const me = await session.me();
        if (me !== null) await session.update({ ...me, organization: answer as Me['organization'] });
      }
      if (contract === account.updateAccount) {
        const [me, { name, locale }] = [await session.me(), answer as account.Account];
        if (me !== null) await session.update({ ...me, user: { ...me.user, name, locale } });
      }
      return answer;
    },
    /** Takes the session to another organization; the tokens of the answer go no further than here. */
    async moveSession(move: SessionMove, input: { params?: unknown; body?: unknown }): Promise<Me> {
      const contract: AnyContract = SESSION_MOVES[move];
      const tokens = (await client.call(contract, input as never)) as Tokens;
      await session.accept(tokens);
      return tokens.me;
    },
    /** A picture behind the sign-in. Its bytes cannot cross a message, so they go as text. */
    async picture(path: string): Promise<string> {
      const response = await fetch(origin + path, { headers: await session.headers(false), credentials: 'omit' });
      if (!response.ok) throw new ApiUnreachable(`The picture is not there (${response.status}).`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      return `data:${response.headers.get('content-type')};base64,${btoa(text)}`;
    },
    async putPicture(path: string, base64: string): Promise<void> {
      const body = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      await refuseProblem(await fetch(origin + path, { method: 'PUT', body, headers: await session.headers(false), credentials: 'omit' }));
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

/** What a page of ours may ask for by name: a signed-in person's calls, unless their answer would bring tokens to the page. */
function mayBeNamed(contract: AnyContract): boolean {
  return ['member', 'person', 'staff'].includes(contract.access.kind) && !carriesTokens(contract);
}

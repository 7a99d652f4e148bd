import { createApiClient, type ApiClient } from '#shared/api-client/create-api-client.ts';

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** Calls as one browser makes them: what an answer sets as a cookie goes with the next call. Of a cookie's paths it knows nothing. */
export function browserClient(origin: string, send: Send = fetch): ApiClient {
  const cookies = new Map<string, string>();
  return createApiClient({
    origin,
    fetch: async (url, init) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await send(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) } });
      for (const set of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (name !== undefined && value !== undefined) cookies.set(name, value);
      }
      return answer;
    },
  });
}

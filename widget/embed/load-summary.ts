import { Declined, fetchJson } from './fetch-json.ts';
import type { ProofKey } from './proof-key.ts';
import type { SignIn, TokenSource } from './token-source.ts';

/** One signed call for all an element shows. A refused token is replaced once. @throws Declined, or what fetch throws */
export async function loadSummary<T>(url: string, key: ProofKey, tokens: TokenSource, signal: AbortSignal): Promise<T | SignIn> {
  for (let attempt = 0; ; attempt += 1) {
    const held = await tokens.get();
    if ('signIn' in held) return held;
    const proof = await key.prove({ method: 'GET', url, token: held.token, nowMs: Date.now() + held.skewMs });
    try {
      const { body } = await fetchJson<T>(
        url,
        { credentials: 'omit', headers: { authorization: `DPoP ${held.token}`, dpop: proof } },
        signal,
      );
      return body;
    } catch (error) {
      if (!(error instanceof Declined) || error.status !== 401) throw error;
      tokens.drop();
      if (attempt > 0) throw error;
    }
  }
}

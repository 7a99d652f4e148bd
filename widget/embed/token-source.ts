export interface Minted {
  token: string;
  /** Life of the token in seconds from now. */
  expiresIn: number;
  skewMs: number;
}

/** The shop says nobody is signed in, or (`notLinked`) a customer who is no creator. */
export interface SignIn {
  signIn: true;
  notLinked?: true;
}

export interface TokenSource {
  /** A token that still lives. From 80 % of its life on, a new one is fetched first; while that fails, the old one serves until its end. */
  get(): Promise<Minted | SignIn>;
  /** The API refused the token: the next get() fetches another. */
  drop(): void;
}

const RENEW_AT = 0.8;

export function createTokenSource(mint: () => Promise<Minted | SignIn>, nowMs: () => number): TokenSource {
  let held: { minted: Minted; renewAt: number; endsAt: number } | null = null;
  return {
    async get() {
      if (held !== null && nowMs() < held.renewAt) return held.minted;
      const startedAt = nowMs();
      try {
        const answer = await mint();
        if ('signIn' in answer) {
          held = null;
          return answer;
        }
        const lifeMs = answer.expiresIn * 1000;
        held = { minted: answer, renewAt: startedAt + lifeMs * RENEW_AT, endsAt: startedAt + lifeMs };
        return answer;
      } catch (error) {
        if (held !== null && nowMs() < held.endsAt) return held.minted;
        throw error;
      }
    },
    drop() {
      held = null;
    },
  };
}

const PATIENCE_MS = 10_000;

/** An answer that is not 2xx. */
export class Declined extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
  /** Asking again would change nothing: the key is off, the origin is not registered, the element has a wrong attribute. */
  get final(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 408, 425, 429].includes(this.status);
  }
}

export interface Answer<T> {
  body: T;
  /** Server clock minus ours, in ms; 0 when the answer's date is not readable here. */
  skewMs: number;
}

/** @throws Declined on any status but 2xx; what fetch throws when there is no answer within 10 s. */
export async function fetchJson<T>(url: string, init: RequestInit, signal: AbortSignal): Promise<Answer<T>> {
  const response = await fetch(url, { cache: 'no-store', ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
  if (!response.ok) throw new Declined(response.status);
  const date = Date.parse(response.headers.get('date') ?? '');
  return { body: (await response.json()) as T, skewMs: Number.isNaN(date) ? 0 : date - Date.now() };
}

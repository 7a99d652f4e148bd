export interface LoggedRequest {
  requestId: string;
  at: string;
  vendor: string;
  method: string;
  /** Host and path with ids replaced by {id}: what counts are kept by. */
  route: string;
  /** Null while unanswered, and for good when the connection was cut. */
  status: number | null;
}

/** A request or answer that the vendor's published spec does not allow. */
export interface Violation {
  where: string;
  problem: string;
}

/** Counted among the faults: a call that one of the platform's own meters refused, as against a throttle of the weather. */
export const OVER_LIMIT = 'over limit';

const KEPT = 5000;
/** What an id looks like in a path: many digits, or a UUID. */
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4,}/g;

/** Everything that came in, counted by route. Bodies and headers are not kept: they carry tokens. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly counts = new Map<string, number>();
  readonly faults = new Map<string, number>();
  readonly violations: Violation[] = [];
  #sequence = 0;

  open(vendor: string, method: string, url: URL, at: number): LoggedRequest {
    this.#sequence += 1;
    const route = `${url.host}${url.pathname.replace(IDS, '{id}')}`;
    const entry: LoggedRequest = {
      requestId: `req${String(this.#sequence).padStart(8, '0')}`,
      at: new Date(at).toISOString(),
      vendor,
      method,
      route,
      status: null,
    };
    this.requests.push(entry);
    if (this.requests.length > KEPT) this.requests.splice(0, this.requests.length - KEPT);
    const key = `${method} ${route}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    return entry;
  }

  countFault(vendor: string, kind: string): void {
    const key = `${vendor} ${kind}`;
    this.faults.set(key, (this.faults.get(key) ?? 0) + 1);
  }

  violate(where: string, problem: string): void {
    if (this.violations.length < KEPT) this.violations.push({ where, problem });
  }

  /** Violations stay: what was wrong once stays wrong, whoever counts calls afresh. */
  clear(): void {
    this.requests.length = 0;
    this.counts.clear();
    this.faults.clear();
  }
}

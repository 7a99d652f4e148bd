import type { SandboxCore } from '../core/vendor.ts';

export interface Video {
  id: string;
  sub: string;
  snippet: Record<string, unknown>;
  status: Record<string, unknown>;
  bytes: number;
  createdAt: number;
}
/** One resumable upload: the address is the key by which a lost answer is looked up. */
export interface Upload {
  id: string;
  sub: string;
  metadata: { snippet?: Record<string, unknown>; status?: Record<string, unknown> };
  parts: string[];
  total: number | null;
  received: number;
  videoId: string | null;
}

export interface YoutubeSettings {
  processingMs: number;
  /** Uploads of a project that nobody has verified stay private [K]. */
  locksPrivate: boolean;
  uploadsPerDay: number;
  unitsPerDay: number;
}

export class YoutubeStore {
  videos = new Map<string, Video>();
  uploads = new Map<string, Upload>();
  settings: YoutubeSettings = { processingMs: 800, locksPrivate: false, uploadsPerDay: 100, unitsPerDay: 10_000 };
  readonly core: SandboxCore;
  #day = '';
  #used = { uploads: 0, units: 0 };

  constructor(core: SandboxCore) {
    this.core = core;
  }

  /** Counts against the project's day, which begins at midnight Pacific time [D]. False = the bucket is empty. */
  charge(bucket: 'uploads' | 'units'): boolean {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(this.core.now());
    if (day !== this.#day) {
      this.#day = day;
      this.#used = { uploads: 0, units: 0 };
    }
    if (this.#used[bucket] >= (bucket === 'uploads' ? this.settings.uploadsPerDay : this.settings.unitsPerDay)) return false;
    this.#used[bucket] += 1;
    return true;
  }

  forgetDay(): void {
    this.#day = '';
  }
}

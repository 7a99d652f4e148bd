import type { SandboxCore } from './vendor.ts';

export interface FaultyRequest {
  vendor: string;
  /** Stable words for the request, see FaultDice.draw. */
  key: string;
  isWrite: boolean;
  /** Does the work and gives the honest answer. Called at most once. */
  apply(): Response | Promise<Response>;
  throttled(): Response;
  failed(): Response;
}

/** Plays the fate drawn for one request around `apply`. Null = cut the connection without an answer. */
export async function underFaults(core: SandboxCore, request: FaultyRequest): Promise<Response | null> {
  const fate = core.faults.draw(request.vendor, request.key, request.isWrite);
  if (fate.kind !== 'none') core.log.countFault(request.vendor, fate.kind);
  if (fate.latencyMs > 0) await core.wait(fate.latencyMs);
  switch (fate.kind) {
    case 'none':
      return request.apply();
    case 'dead':
      return null;
    case 'throttle':
      return request.throttled();
    case 'error500':
      if (fate.applied) await request.apply();
      return request.failed();
    case 'late-apply':
      core.later(fate.afterMs, async () => {
        await request.apply();
      });
      return null;
    case 'answer-lost':
      await request.apply();
      if (fate.hangMs > 0) await core.wait(fate.hangMs);
      return null;
    case 'request-lost':
      if (fate.hangMs > 0) await core.wait(fate.hangMs);
      return null;
  }
}

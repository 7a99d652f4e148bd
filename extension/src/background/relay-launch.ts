import { ApiError } from '#shared/api-client/create-api-client.ts';
import { launchEventsPath, launchSummary, type LaunchSummary } from '#shared/contracts/launches.ts';
import type { ApiGateway } from './api-gateway.ts';
import { readEvents } from './read-events.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Sends a launch's progress until the signal is aborted, reopening the stream when it ends. The stream starts with the present
 * state, so nothing is missed between two connections.
 * @returns when aborted, or when the API says that this launch cannot be watched (its status is 4xx)
 */
export async function relayLaunch(
  gateway: Pick<ApiGateway, 'openEvents'>,
  id: string,
  send: (launch: LaunchSummary) => void,
  signal: AbortSignal,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  let pause = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const response = await gateway.openEvents(launchEventsPath.replace(':id', encodeURIComponent(id)), signal);
      if (response.status >= 400 && response.status < 500 && response.status !== 429) return;
      if (response.ok && response.body !== null)
        for await (const event of readEvents(response.body)) {
          if (event.event !== 'launch') continue;
          const parsed = launchSummary.safeParse(JSON.parse(event.data));
          if (!parsed.success) return;
          pause = FIRST_WAIT_MS;
          send(parsed.data);
        }
    } catch (cause) {
      // A refusal stays one; a cut stream or a service out of reach is what reopening is for.
      if (cause instanceof ApiError) return;
    }
    if (signal.aborted) return;
    await wait(pause);
    pause = Math.min(pause * 2, LONGEST_WAIT_MS);
  }
}

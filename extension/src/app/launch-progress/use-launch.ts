import { useEffect, useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { useTransport } from '../transport-context.ts';
import { useLoad, type Loaded } from '../use-load.ts';

/** A launch, read once and then watched live; survives reloads because the stream begins with the present state. */
export function useLaunch(id: string): { now: Loaded<LaunchSummary>; reload: () => void; set: (launch: LaunchSummary) => void } {
  const transport = useTransport();
  const first = useLoad(`launch ${id}`, (signal) => transport.call(launches.getLaunch, { params: { id }, signal }));
  const [live, setLive] = useState<LaunchSummary | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    transport.watchLaunch(id, setLive, stop.signal);
    return () => {
      stop.abort();
      setLive(null);
    };
  }, [id]);
  return { now: live === null ? first.now : { state: 'ready', data: live }, reload: first.reload, set: setLive };
}

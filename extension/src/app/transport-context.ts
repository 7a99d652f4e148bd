import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Transport } from '../messaging/transport.ts';

const TransportContext = createContext<Transport | null>(null);
export const TransportProvider = TransportContext.Provider;

export function useTransport(): Transport {
  const transport = useContext(TransportContext);
  if (transport === null) throw new Error('A page of ours is drawn inside <TransportProvider>.');
  return transport;
}

import net, { type AddressInfo } from 'node:net';
import type { Ports } from './hold-folder.ts';

/** A port nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net
      .createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
  });

/** Ports for a stack of its own, beside whatever runs. */
export const freePorts = async (): Promise<Ports> => ({
  worker: await freePort(),
  sandbox: await freePort(),
  https: await freePort(),
  postgres: await freePort(),
});

/** Whether this port can be listened on. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net
      .createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

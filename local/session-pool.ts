import net from 'node:net';
import type { WebSocket } from 'ws';

const int32 = (n: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(n);
  return buffer;
};
const message = (type: string, body: Buffer = Buffer.alloc(0)): Buffer => Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
/** ReadyForQuery, idle: the only state in which a session may be lent to somebody else. */
const READY_IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);
const MAX_IDLE = 32;

/** `home` is the idle list it waits in, so that a session that dies there leaves it. */
interface Backend {
  socket: net.Socket;
  greeting: Buffer;
  home: Backend[] | null;
}

export interface SessionPool {
  serve(socket: WebSocket): void;
  stop(): void;
}

/**
 * Plays Neon's pooled endpoint for WebSockets: a Postgres session is kept warm per user, database and password and lent to one
 * socket at a time, because starting a backend costs more than most requests. Sessions are wiped with DISCARD ALL in between.
 */
export function createSessionPool(postgres: { host: string; port: number }): SessionPool {
  const idle = new Map<string, Backend[]>();

  const open = (startup: Buffer, password: string): Promise<Backend> =>
    new Promise((resolve, reject) => {
      const socket = net.connect({ ...postgres, noDelay: true });
      let buffer: Buffer = Buffer.alloc(0);
      const greeting: Buffer[] = [];
      const onData = (chunk: Buffer) => {
        buffer = Buffer.concat([buffer, chunk]);
        while (buffer.length >= 5) {
          const length = buffer.readInt32BE(1) + 1;
          if (buffer.length < length) return;
          const part = Buffer.from(buffer.subarray(0, length));
          buffer = buffer.subarray(length);
          const type = String.fromCharCode(part[0] as number);
          if (type === 'R' && part.readInt32BE(5) === 3) socket.write(message('p', Buffer.from(`${password}\0`)));
          else if (type === 'E') {
            socket.destroy();
            return reject(new Refused(part));
          } else greeting.push(part);
          if (type === 'Z') {
            socket
              .off('data', onData)
              .off('error', reject)
              .on('error', () => socket.destroy());
            const backend: Backend = { socket, greeting: Buffer.concat(greeting), home: null };
            socket.once('close', () => backend.home?.splice(backend.home.indexOf(backend), 1));
            return resolve(backend);
          }
        }
      };
      socket.on('data', onData).once('error', reject);
      socket.write(startup);
    });

  const giveBack = (key: string, backend: Backend): void => {
    const list = idle.get(key) ?? [];
    idle.set(key, list);
    if (list.length >= MAX_IDLE) return void backend.socket.destroy();
    let answer: Buffer = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (!answer.subarray(-6).equals(READY_IDLE)) return;
      backend.socket.off('data', onData);
      if (answer[0] === 0x45) return void backend.socket.destroy();
      backend.home = list;
      list.push(backend);
    };
    backend.socket.on('data', onData);
    backend.socket.write(message('Q', Buffer.from('DISCARD ALL\0')));
  };

  const lend = (socket: WebSocket, backend: Backend, key: string) => {
    let tail: Buffer = READY_IDLE;
    let returned = false;
    const onData = (chunk: Buffer) => {
      tail = Buffer.concat([tail, chunk]).subarray(-6);
      if (socket.readyState === 1) socket.send(chunk, { binary: true });
    };
    const onClose = () => {
      returned = true;
      socket.close();
    };
    backend.socket.on('data', onData).once('close', onClose);
    const giveUp = () => {
      if (returned) return;
      returned = true;
      backend.socket.off('data', onData).off('close', onClose);
      if (tail.equals(READY_IDLE)) giveBack(key, backend);
      else backend.socket.destroy();
    };
    return {
      giveUp,
      write(data: Buffer): void {
        const ends = data.length >= 5 && data.subarray(-5).equals(TERMINATE);
        const rest = ends ? data.subarray(0, -5) : data;
        if (rest.length > 0) {
          tail = Buffer.alloc(6);
          backend.socket.write(rest);
        }
        if (ends) {
          giveUp();
          socket.close(1000);
        }
      },
    };
  };

  return {
    stop() {
      for (const list of idle.values()) for (const backend of list.slice()) backend.socket.destroy();
      idle.clear();
    },
    serve(socket) {
      let lease: ReturnType<typeof lend> | undefined;
      let startup: Buffer | undefined;
      let opening = false;
      let pending: Buffer = Buffer.alloc(0);
      const take = async () => {
        if (!startup) {
          if (pending.length < 8 || pending.length < pending.readInt32BE(0)) return;
          startup = Buffer.from(pending.subarray(0, pending.readInt32BE(0)));
          pending = pending.subarray(startup.length);
          socket.send(message('R', int32(3)), { binary: true });
        }
        if (opening || pending.length < 5 || pending.length < pending.readInt32BE(1) + 1) return;
        opening = true;
        const length = pending.readInt32BE(1) + 1;
        const password = pending.subarray(5, length - 1).toString();
        pending = pending.subarray(length);
        const key = `${startup.toString('latin1')}\n${password}`;
        try {
          const backend = idle.get(key)?.pop() ?? (await open(startup, password));
          backend.home = null;
          if (socket.readyState !== 1) return void backend.socket.destroy();
          socket.send(backend.greeting, { binary: true });
          lease = lend(socket, backend, key);
          if (pending.length > 0) lease.write(pending);
        } catch (error) {
          if (error instanceof Refused) socket.send(error.wire, { binary: true });
          socket.close(1011, 'postgres unreachable');
        }
      };
      socket.on('message', (data: Buffer) => {
        if (lease) return lease.write(data);
        pending = Buffer.concat([pending, data]);
        void take();
      });
      socket.on('close', () => lease?.giveUp());
      socket.on('error', () => lease?.giveUp());
    },
  };
}

/** Postgres said no at the start (wrong password, no such database); its own words travel on. */
class Refused extends Error {
  constructor(readonly wire: Buffer) {
    super('refused by Postgres');
  }
}

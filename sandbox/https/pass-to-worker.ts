import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';

/** Passes one request on to the Worker and streams the answer back, so that server-sent events arrive as they are sent. */
export function passToWorker(origin: string, message: IncomingMessage, reply: ServerResponse): void {
  const { hostname, port } = new URL(origin);
  const headers = { ...message.headers, 'x-forwarded-host': message.headers.host ?? '', 'x-forwarded-proto': 'https' };
  const onward = httpRequest({ hostname, port, method: message.method, path: message.url, headers }, (answer) => {
    reply.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(reply);
  });
  onward.on('error', () => {
    if (reply.headersSent) reply.destroy();
    else reply.writeHead(502, { 'content-type': 'text/plain' }).end('The Worker does not answer');
  });
  reply.on('close', () => onward.destroy());
  message.pipe(onward);
}

import { createServer } from 'node:http';
import { request } from 'node:https';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { certificate } from './certificate.ts';
import { startHttps } from './start-https.ts';

const ask = (port: number, host: string, url: string, ca: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: url, servername: host, headers: { host }, ca }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });

test('one certificate for all names, kept; product names go to the Worker, the rest to the sandbox', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-https-'));
  const certificateFolder = pathToFileURL(`${folder}/`);
  const worker = createServer((message, reply) => reply.end(`worker ${message.headers.host} ${message.url}`));
  await new Promise<void>((resolve) => worker.listen(0, '127.0.0.1', resolve));
  let origin: string | null = null;
  const front = await startHttps({
    port: 0,
    handle: async (message) => new Response(`sandbox ${message.url}`),
    proxyTo: () => origin,
    certificateFolder,
  });
  const { cert, spki } = await certificate(certificateFolder);
  expect(spki).toBe(front.spki);
  expect(await ask(front.port, 'adsmanager.facebook.com', '/a?b=1', cert)).toEqual({
    status: 200,
    body: 'sandbox https://adsmanager.facebook.com/a?b=1',
  });
  expect(await ask(front.port, 'other-shop.myshopify.com', '/', cert)).toMatchObject({ status: 200 });
  expect((await ask(front.port, 'api.inlay.test', '/v1', cert)).status).toBe(502);
  origin = `http://127.0.0.1:${(worker.address() as AddressInfo).port}`;
  expect(await ask(front.port, 'api.inlay.test', '/v1', cert)).toEqual({ status: 200, body: 'worker api.inlay.test /v1' });
  await expect(ask(front.port, 'evil.example.com', '/', cert)).rejects.toThrow(/altnames|Hostname/);
  await front.close();
  worker.close();
  await rm(folder, { recursive: true });
});

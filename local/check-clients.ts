import fs from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { certificate } from '../sandbox/https/certificate.ts';
import type { Stack } from './stack.ts';

const EXTENSION = path.resolve(import.meta.dirname, '../dist/extension');

/** The widget as a page loads it: the loader, and beside it a chunk that calls this Worker. */
export async function checkWidget(stack: Stack): Promise<void> {
  const loader = await script(`${stack.origin}/widget/inlay.js`);
  const chunks = [...new Set(loader.match(/inlay-[a-z-]+\.[0-9a-f]{8}\.js/g))];
  if (chunks.length !== 2) throw new Error(`the loader names ${chunks.length} chunks instead of 2`);
  for (const chunk of chunks) {
    const code = await script(`${stack.origin}/widget/${chunk}`);
    if (!code.includes(stack.origin)) throw new Error(`${chunk} does not call ${stack.origin}`);
  }
}

async function script(url: string): Promise<string> {
  const answer = await fetch(url);
  const type = answer.headers.get('content-type') ?? '';
  if (!answer.ok || !type.includes('javascript') || answer.headers.get('access-control-allow-origin') !== '*')
    throw new Error(`${url} answered ${answer.status} ${type}, not a script for any page`);
  return answer.text();
}

/** The imitated ad manager under its real name, by HTTPS with the sandbox's own certificate. */
export async function checkHostPage(stack: Stack): Promise<void> {
  const host = 'adsmanager.facebook.com';
  const { cert: ca } = await certificate();
  const { port } = new URL(stack.sandbox.httpsUrl ?? '');
  const page = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, servername: host, path: '/adsmanager/manage/ads', headers: { host }, ca }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
  if (page.status !== 200 || !page.text.includes('<script')) throw new Error(`https://${host} answered ${page.status}, not a page`);
}

/** The folder that is loaded into Chrome: a manifest, and every script it names. */
export async function checkExtension(): Promise<void> {
  const manifest = JSON.parse(fs.readFileSync(path.join(EXTENSION, 'manifest.json'), 'utf8')) as {
    manifest_version: number;
    background: { service_worker: string };
    content_scripts?: { js: string[] }[];
  };
  const scripts = [manifest.background.service_worker, ...(manifest.content_scripts ?? []).flatMap((one) => one.js)];
  const missing = scripts.filter((file) => !fs.existsSync(path.join(EXTENSION, file)));
  if (manifest.manifest_version !== 3 || missing.length > 0) throw new Error(`the extension lacks ${missing.join(', ') || 'version 3'}`);
}

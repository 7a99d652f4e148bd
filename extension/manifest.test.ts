import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_ID, LOCAL_KEY } from './manifest.config.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const API = 'https://api.example.com';
const CONTENT_BYTES = 25_000;
let folder = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inlay-extension-'));
  const built = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'extension/vite.config.ts', '--mode', 'store', '--logLevel', 'error'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production', INLAY_API_ORIGIN: API, INLAY_EXTENSION_OUT: folder },
    },
  );
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
}, 120_000);
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
const manifest = (): Record<string, unknown> => JSON.parse(read('manifest.json')) as Record<string, unknown>;
function files(dir = folder): string[] {
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(path.join(dir, entry.name)) : [path.join(dir, entry.name)]));
}

/** Everything the extension may ask for, as users and the store were told. A difference here is a decision, not a build detail. */
test('the built manifest asks for what was approved and nothing else', () => {
  expect(manifest()).toEqual({
    manifest_version: 3,
    name: 'Inlay',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
    description: expect.any(String) as unknown,
    minimum_chrome_version: '116',
    icons: { 16: 'icons/16.png', 32: 'icons/32.png', 48: 'icons/48.png', 128: 'icons/128.png' },
    action: { default_popup: 'popup.html', default_title: 'Inlay' },
    side_panel: { default_path: 'panel.html' },
    background: { service_worker: 'service-worker-loader.js', type: 'module' },
    permissions: ['storage', 'alarms', 'sidePanel', 'identity', 'activeTab', 'scripting'],
    host_permissions: [`${API}/*`],
    optional_host_permissions: ['https://app.hubspot.com/*'],
    content_scripts: [
      {
        js: ['src/content/main.iife.js'],
        matches: [
          'https://adsmanager.facebook.com/*',
          'https://business.facebook.com/adsmanager/*',
          'https://www.facebook.com/adsmanager/*',
        ],
        run_at: 'document_idle',
      },
    ],
    content_security_policy: { extension_pages: expect.stringContaining(`connect-src ${API};`) as unknown },
  });
});

test('nothing is web accessible, no remote or made-up code may run', () => {
  const { content_security_policy: policy } = manifest() as { content_security_policy: { extension_pages: string } };
  expect(manifest()).not.toHaveProperty('web_accessible_resources');
  expect(manifest()).not.toHaveProperty('externally_connectable');
  expect(policy.extension_pages).toContain("default-src 'none'; script-src 'self';");
  expect(policy.extension_pages).not.toMatch(/unsafe|https:\s|\*/);
});

test('the content script stays small, asks no network, and carries no schemas or test doors', () => {
  const content = read('src/content/main.iife.js');
  const bytes = gzipSync(content, { level: 9 }).length;
  expect(bytes, `${bytes} bytes gzip`).toBeLessThanOrEqual(CONTENT_BYTES);
  expect(content).not.toMatch(
    /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\beval\(|new Function|innerHTML|ZodError|__accessToken|document\.cookie/,
  );
  expect(content).not.toMatch(/inlayBadge|inlayRoot|data-for/);
  expect(content).toMatch(/mode:[^}]{0,20}closed|closed/);
});

test('no file of the extension evaluates text as code', () => {
  for (const file of files().filter((name) => name.endsWith('.js'))) {
    const code = fs.readFileSync(file, 'utf8');
    expect(/\beval\(/.test(code), file).toBe(false);
    // The schema library probes once whether code may be generated and lives without it; the policy forbids it anyway.
    if (!code.includes('_zod')) expect(/new Function\(|Function\(`return|importScripts\(/.test(code), file).toBe(false);
  }
});

test('the id of local builds is the one that belongs to their key', () => {
  const digest = createHash('sha256').update(Buffer.from(LOCAL_KEY, 'base64')).digest('hex').slice(0, 32);
  expect([...digest].map((hex) => String.fromCharCode(97 + Number.parseInt(hex, 16))).join('')).toBe(LOCAL_ID);
});

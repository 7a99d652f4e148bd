import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { CERTIFICATE_HOSTS } from './hosts.ts';

export interface Certificate {
  key: string;
  cert: string;
  /** base64 SHA-256 of the public key, for Chromium's --ignore-certificate-errors-spki-list. */ spki: string;
}

const DEFAULT_FOLDER = new URL('../../.local/https/', import.meta.url);
const DAY_MS = 86_400_000;

/** The sandbox's self-signed certificate: made once, kept under .local, made again when it is near its end or lacks a host. */
export async function certificate(folder: URL = DEFAULT_FOLDER): Promise<Certificate> {
  const file = new URL('sandbox-certificate.json', folder);
  const kept = await readKept(file);
  if (kept !== null) return kept;
  const made = await generate([{ name: 'commonName', value: 'Inlay sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + 365 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      {
        name: 'subjectAltName',
        altNames: [...CERTIFICATE_HOSTS.map((value) => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }],
      },
    ],
  });
  await mkdir(folder, { recursive: true });
  // Two starts at once must not read half a file.
  const draft = `${fileURLToPath(file)}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ key: made.private, cert: made.cert }), { mode: 0o600 });
  await rename(draft, file);
  return withSpki(made.private, made.cert);
}

async function readKept(file: URL): Promise<Certificate | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return null; // first start
  }
  const { key, cert } = JSON.parse(text) as { key: string; cert: string };
  const parsed = new X509Certificate(cert);
  const lastsLong = Date.parse(parsed.validTo) - Date.now() > 7 * DAY_MS;
  const hasAll = CERTIFICATE_HOSTS.every((host) => parsed.checkHost(host.replace('*', 'any')) !== undefined);
  return lastsLong && hasAll ? withSpki(key, cert) : null;
}

function withSpki(key: string, cert: string): Certificate {
  const der = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key, cert, spki: createHash('sha256').update(der).digest('base64') };
}

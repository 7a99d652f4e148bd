import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createControl } from './core/control.ts';
import { createCore } from './core/create-core.ts';
import type { FaultPlan } from './core/faults.ts';
import { serveNode, type Handle } from './core/node-http.ts';
import type { RequestLog } from './core/request-log.ts';
import { createRouter } from './core/router.ts';
import { createStateFile } from './core/state-file.ts';
import { putState, takeState } from './core/vendor-state.ts';
import type { Vendor } from './core/vendor.ts';
import type { Delivery } from './core/webhook-sender.ts';
import { createGoogle, type GoogleVendor } from './google/index.ts';
import { createGoogleAds, type GoogleAdsVendor } from './google-ads/index.ts';
import { createHostPages } from './host-pages/index.ts';
import { startHttps, type HttpsFront } from './https/start-https.ts';
import { createHubspot, type HubspotVendor } from './hubspot/index.ts';
import { createLeakedPasswords, type LeakedPasswordsVendor } from './leaked-passwords/index.ts';
import { createLinkedin, type LinkedinVendor } from './linkedin/index.ts';
import { createMailbox, type MailboxVendor } from './mailbox/index.ts';
import { createMeta, type MetaVendor } from './meta/index.ts';
import { createShopify, type ShopifyVendor } from './shopify/index.ts';
import { createSnapchat, type SnapchatVendor } from './snapchat/index.ts';
import { createTiktok, type TiktokVendor } from './tiktok/index.ts';
import { createWebhookReceiver, type WebhookReceiver } from './webhook-receiver/index.ts';
import { createYoutube, type YoutubeVendor } from './youtube/index.ts';

export { defaultFaultPlan, noFaults, type FaultPlan } from './core/faults.ts';

export interface SandboxOptions {
  seed: number;
  /** Plain HTTP port; 0 or absent picks a free one. */
  port?: number;
  /** HTTPS port for the real host names, 0 picks a free one; absent means no HTTPS front. */
  httpsPort?: number;
  stateFile?: string;
  workerOrigin?: string;
  faults?: FaultPlan;
  /** Folder of the built widget for the imitated CDN, with a trailing slash. Default: dist/widget/ of the repository. */
  widgetFolder?: URL;
  /** False leaves out the generated demo ad account. Default true. */
  demo?: boolean;
  now?: () => number;
}

export interface Sandbox {
  readonly url: string;
  readonly httpsUrl: string | null;
  /** Chromium's --ignore-certificate-errors-spki-list value for the HTTPS front. */
  readonly httpsSpki: string | null;
  readonly log: RequestLog;
  readonly meta: MetaVendor;
  readonly tiktok: TiktokVendor;
  readonly linkedin: LinkedinVendor;
  readonly shopify: ShopifyVendor;
  readonly snapchat: SnapchatVendor;
  readonly hubspot: HubspotVendor;
  readonly google: GoogleVendor;
  readonly googleAds: GoogleAdsVendor;
  readonly youtube: YoutubeVendor;
  readonly mailbox: MailboxVendor;
  readonly leakedPasswords: LeakedPasswordsVendor;
  readonly receiver: WebhookReceiver;
  readonly deliveries: readonly Delivery[];
  /** The router itself, for tests in the same process: no sockets. */
  readonly handle: Handle;
  setFaults(plan: FaultPlan): void;
  setWorkerOrigin(origin: string | null): void;
  webhooksIdle(): Promise<void>;
  reset(): void;
  close(): Promise<void>;
}

/** Where the widget's build lands; the imitated CDN serves it. */
const WIDGET_FOLDER = new URL('../dist/widget/', import.meta.url);
const WIDGET_HOST_STYLE = new URL('../widget/host-style.css', import.meta.url);

/** Starts the outside world on one local HTTP server: every vendor, the host pages and the control routes. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const vendors: Vendor[] = [];
  const parts = createCore({ ...options, touch: () => stateFile.touch() });
  const stateFile = createStateFile(options.stateFile, () => takeState(parts, vendors));
  const { core, webhooks } = parts;
  const meta = createMeta(core, options.demo === undefined ? {} : { demo: options.demo });
  const snapchat = createSnapchat(core, options.demo === undefined ? {} : { demo: options.demo });
  const tiktok = createTiktok(core, options.demo === undefined ? {} : { demo: options.demo });
  const linkedin = createLinkedin(core, options.demo === undefined ? {} : { demo: options.demo });
  const shopify = createShopify(core);
  const hubspot = createHubspot(core);
  const google = createGoogle(core);
  const googleAds = createGoogleAds(core, google, options.demo === undefined ? {} : { demo: options.demo });
  const youtube = createYoutube(core, google);
  const mailbox = createMailbox(core);
  const leakedPasswords = createLeakedPasswords(core);
  const receiver = createWebhookReceiver(core);
  const hostPages = createHostPages(core, {
    ads: meta.ads,
    shopify,
    hubspot,
    widgetFolder: options.widgetFolder ?? WIDGET_FOLDER,
    widgetHostStyle: WIDGET_HOST_STYLE,
  });
  vendors.push(
    meta,
    googleAds,
    tiktok,
    linkedin,
    snapchat,
    youtube,
    shopify,
    hubspot,
    google,
    mailbox,
    leakedPasswords,
    receiver,
    hostPages,
  );

  const blank = structuredClone(takeState(parts, vendors)); // snapshots may share objects with the living state
  const saved = stateFile.read();
  if (saved !== null) putState(parts, vendors, saved);

  const reset = (): void => {
    parts.cancelLater();
    webhooks.clear();
    core.log.clear();
    core.log.violations.length = 0;
    core.faults.set(core.faults.plan);
    putState(parts, vendors, structuredClone(blank));
    stateFile.touch();
  };
  const control = createControl({
    seed: options.seed,
    vendors,
    faults: core.faults,
    log: core.log,
    webhooks,
    reset,
    touch: () => stateFile.touch(),
  });
  const handle = createRouter({ vendors, log: core.log, now: core.now, control });

  const server = createServer(serveNode(handle, 'http'));
  // A caller that kept its connection must not meet one that is just being closed: a create would end unclear.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const https: HttpsFront | null =
    options.httpsPort === undefined ? null : await startHttps({ port: options.httpsPort, handle, proxyTo: core.workerOrigin });

  return {
    url: `http://127.0.0.1:${port}`,
    httpsUrl: https?.url ?? null,
    httpsSpki: https?.spki ?? null,
    log: core.log,
    meta,
    tiktok,
    linkedin,
    shopify,
    snapchat,
    hubspot,
    google,
    googleAds,
    youtube,
    mailbox,
    leakedPasswords,
    receiver,
    deliveries: webhooks.deliveries,
    handle,
    setFaults: (plan) => core.faults.set(plan),
    setWorkerOrigin: (origin) => parts.setWorkerOrigin(origin),
    webhooksIdle: () => webhooks.idle(),
    reset,
    async close() {
      parts.cancelLater();
      webhooks.close();
      stateFile.flush();
      await https?.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

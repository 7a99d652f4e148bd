import browser from 'webextension-polyfill';
import { createApiClient } from '#shared/api-client/create-api-client.ts';
import { getLeadCard } from '#shared/contracts/revenue.ts';
import { LAUNCH_PORT, type StateChanged } from '../messaging/messages.ts';
import { browserArea } from '../storage/area.ts';
import { forgetDrafts } from '../storage/drafts.ts';
import { lockStorage } from '../storage/lock-storage.ts';
import { createPageContexts } from '../storage/page-contexts.ts';
import { createPrefs } from '../storage/prefs.ts';
import { createApiGateway } from './api-gateway.ts';
import { whoAsks } from './check-sender.ts';
import { createMessageHandler } from './handle-messages.ts';
import { alignHubspotOverlay, HUBSPOT_ORIGIN } from './hubspot-overlay.ts';
import { createMetrics } from './look-up-metrics.ts';
import { createMetricsCache } from './metrics-cache.ts';
import { createPacer } from './pacer.ts';
import { relayLaunch } from './relay-launch.ts';
import { createSession, notSignedIn } from './session.ts';

const origin = __INLAY_API_ORIGIN__;
const now = (): number => Date.now();
const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const send = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);
const memory = browserArea(browser.storage.session);
const disk = browserArea(browser.storage.local);

const session = createSession({
  area: memory,
  api: createApiClient({ origin, fetch: send, credentials: 'omit' }),
  now,
  authorizeUrl: `${origin}/authorize`,
  redirectUri: chrome.identity.getRedirectURL('signed-in'),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  // A silent try may load the web app and wait for its answer; by default Chrome gives up at the first page.
  openAuthFlow: ({ url, interactive }) =>
    chrome.identity.launchWebAuthFlow({
      url,
      interactive,
      ...(interactive ? {} : { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: 10_000 }),
    }),
});
const gateway = createApiGateway(origin, session, send);
const prefs = createPrefs(disk);
const pages = createPageContexts(memory);
const cache = createMetricsCache(memory, now, (run, ms) => setTimeout(run, ms));
const metrics = createMetrics({
  api: gateway.client,
  cache,
  now,
  pace: createPacer(4, 1000, now, wait),
  async organizationId() {
    const me = await session.me();
    if (!me?.organization) throw notSignedIn();
    return me.organization.id;
  },
});
const self = { id: browser.runtime.id, origin: browser.runtime.getURL('').replace(/\/$/, '') };

const handle = createMessageHandler(
  {
    'api.call': (call) => gateway.callByName(call),
    'api.picture': ({ path }) => gateway.picture(path),
    'api.putPicture': async ({ path, bytes }) => {
      await gateway.putPicture(path, bytes);
      return null;
    },
    'session.get': () => session.me(),
    'session.signIn': ({ interactive }) => session.signIn(interactive),
    'session.move': ({ move, input }) => gateway.moveSession(move, input),
    async 'session.signOut'() {
      await session.signOut().finally(forgetDrafts);
      return null;
    },
    async 'page.current'({ windowId }) {
      const [tab] = await browser.tabs.query({ active: true, windowId });
      return tab?.id === undefined ? null : pages.of(tab.id);
    },
    'prefs.get': () => prefs.read(),
    'prefs.set': (change) => prefs.write(change),
    'consent.get': () => prefs.consented(),
    async 'consent.give'() {
      await prefs.consent(new Date(now()).toISOString());
      return null;
    },
    async 'overlay.state'({ page }, sender) {
      const tabId = sender.tab?.id;
      if (tabId !== undefined) await pages.put(tabId, page);
      const [consented, me, chosen] = await Promise.all([prefs.consented(), session.me(), prefs.read()]);
      const organization = !me?.organization
        ? null
        : {
            id: me.organization.id,
            locale: me.organization.locale,
            currency: me.organization.currency,
            hasTarget: me.organization.targetRoasMilli !== null,
            attributionWindowDays: me.organization.attributionWindowDays,
          };
      return { consented, signedIn: me !== null, organization, prefs: chosen };
    },
    'overlay.cached': (question) => metrics.cached(question),
    'overlay.metrics': (question) => metrics.fresh(question),
    'overlay.leadCard': (query) => gateway.client.call(getLeadCard, { query }),
    'overlay.setPrefs': (change) => prefs.write(change),
    async 'overlay.openPanel'(_, sender) {
      if (sender.tab?.id !== undefined) await chrome.sidePanel.open({ tabId: sender.tab.id });
      return null;
    },
    async 'overlay.health'({ feature, variant, code, count }) {
      const key = `health:${feature}|${variant}|${code}`;
      await disk.set({ [key]: ((await disk.get<number>(key)) ?? 0) + count });
      return null;
    },
  },
  self,
);

// Listeners stand at the top level: a woken background must have them before its first event.
chrome.runtime.onMessage.addListener((message: unknown, sender, reply) => {
  const answer = handle(message, sender);
  if (answer === null) return false;
  void answer.then(reply);
  return true;
});

chrome.runtime.onConnect.addListener((port) => {
  if (!port.name.startsWith(LAUNCH_PORT) || port.sender === undefined || whoAsks(port.sender, self) !== 'page') return port.disconnect();
  const gone = new AbortController();
  port.onDisconnect.addListener(() => gone.abort());
  void relayLaunch(gateway, port.name.slice(LAUNCH_PORT.length), (launch) => port.postMessage(launch), gone.signal, wait).then(() => {
    if (!gone.signal.aborted) port.disconnect();
  });
});

browser.storage.onChanged.addListener((changes, area) => {
  const person = area === 'session' && 'me' in changes;
  if (person) cache.forget();
  if (person || (area === 'local' && ('prefs' in changes || 'consent' in changes))) void tellOverlays();
});

async function tellOverlays(): Promise<void> {
  const message: StateChanged = { kind: 'overlay.stateChanged' };
  for (const tabId of await pages.tabs())
    // A tab that left its page or closed has nobody to tell.
    await browser.tabs.sendMessage(tabId, message).catch(() => pages.forget(tabId));
}

browser.tabs.onRemoved.addListener((tabId) => {
  void pages.forget(tabId);
});

const alignHubspot = async (): Promise<void> => {
  const file = chrome.runtime.getManifest().content_scripts?.[0]?.js?.[0];
  if (file === undefined) throw new Error('The manifest names no content script.');
  await alignHubspotOverlay(chrome.scripting, await browser.permissions.contains({ origins: [HUBSPOT_ORIGIN] }), file);
};
browser.permissions.onAdded.addListener(() => {
  void alignHubspot();
});
browser.permissions.onRemoved.addListener(() => {
  void alignHubspot();
});

const trySilently = async (): Promise<void> => {
  // No session to continue is the ordinary case, not a failure: the popup and the panel offer to sign in.
  if ((await prefs.consented()) && (await session.me()) === null) await session.signIn(false).catch(() => null);
};
const RENEW_ALARM = 'renew-session';
browser.alarms.onAlarm.addListener((alarm) => {
  // An unreachable API is met again at the next call; the alarm only keeps long-open pages from meeting an expired token.
  if (alarm.name === RENEW_ALARM) void session.headers(false).catch(() => null);
});

browser.runtime.onInstalled.addListener(({ reason }) => {
  void alignHubspot();
  void browser.alarms.create(RENEW_ALARM, { periodInMinutes: 5 });
  if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL('welcome.html') });
});
browser.runtime.onStartup.addListener(() => {
  void trySilently();
});
void lockStorage(chrome.storage);

import { emptyDraft, type Draft } from './draft.ts';

const DATABASE = 'inlay';
const STORE = 'drafts';
const CURRENT = 'current';

/** The draft of this browser, files included, in IndexedDB: a reload or a closed panel loses nothing. Settings it was kept without get their defaults. */
export async function loadDraft(): Promise<Draft | null> {
  const kept = (await inStore('readonly', (store) => store.get(CURRENT))) as Draft | undefined;
  return kept === undefined ? null : { ...kept, settings: { ...emptyDraft(null, '').settings, ...kept.settings } };
}

/** When the bytes do not fit the browser's quota the draft is kept without them, and the files are asked for again. */
export async function saveDraft(draft: Draft): Promise<void> {
  try {
    await inStore('readwrite', (store) => store.put(draft, CURRENT));
  } catch (cause) {
    if (!(cause instanceof DOMException) || cause.name !== 'QuotaExceededError') throw cause;
    await inStore('readwrite', (store) => store.put({ ...draft, media: draft.media.map((one) => ({ ...one, file: null })) }, CURRENT));
  }
}

export async function clearDraft(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(CURRENT));
}

async function inStore(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await asked(openDatabase());
  try {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The browser refused to keep the draft.')));
    });
    return request.result;
  } finally {
    database.close();
  }
}

function openDatabase(): IDBOpenDBRequest {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
  return request;
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser refused its database.')));
  });
}

const DATABASE = 'inlay';
const STORE = 'drafts';
/** Drafts of the first layout belonged to the browser, whoever sat before it. */
const LAYOUT = 2;

export async function findDraft(key: string): Promise<unknown> {
  return inStore('readonly', (store) => store.get(key));
}

/** @throws DOMException QuotaExceededError when the browser has no room for it */
export async function putDraft(key: string, draft: unknown): Promise<void> {
  await inStore('readwrite', (store) => store.put(draft, key));
}

export async function deleteDraft(key: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(key));
}

/** Who signs out leaves nothing behind for the next person at this browser, neither a sheet nor media. */
export async function forgetDrafts(): Promise<void> {
  await inStore('readwrite', (store) => store.clear());
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
  const request = indexedDB.open(DATABASE, LAYOUT);
  request.addEventListener('upgradeneeded', () => {
    if (request.result.objectStoreNames.contains(STORE)) request.result.deleteObjectStore(STORE);
    request.result.createObjectStore(STORE);
  });
  return request;
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser refused its database.')));
  });
}

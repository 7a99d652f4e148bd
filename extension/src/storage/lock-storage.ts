type Lockable = Pick<chrome.storage.StorageArea, 'setAccessLevel'>;

/** Content scripts may read neither area: local is open to them by default, session is closed only while nobody opens it. */
export async function lockStorage(areas: { session: Lockable; local: Lockable }): Promise<void> {
  await Promise.all([areas.session, areas.local].map((area) => area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })));
}

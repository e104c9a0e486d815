/** A file that is still to be sent, as this browser keeps it. */
export type KeptFile = { readonly file: File; readonly mark: string; readonly minors: boolean };

/** A photo that was sent from this browser, and the key by which it can be taken back. */
export type KeptPhoto = { readonly at: string; readonly key: string; readonly name: string };

export const keepUnder = (key: string, one: KeptFile | KeptPhoto): Promise<unknown> =>
  kept(shelf => shelf.put(one, key));

export const forget = (key: string): Promise<unknown> => kept(shelf => shelf.delete(key));

/** All whose key begins so; nothing where a browser keeps nothing, such as in a private window. */
export const keptUnder = <T>(prefix: string): Promise<T[] | undefined> =>
  kept(shelf => shelf.getAll(IDBKeyRange.bound(prefix, `${prefix}~`)) as IDBRequest<T[]>);

const kept = <T>(work: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> =>
  new Promise<T | undefined>(resolve => {
    const opening = indexedDB.open('photos', 1);
    const nothing = () => resolve(undefined);
    opening.onerror = nothing;
    opening.onupgradeneeded = () => opening.result.createObjectStore('q');
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('q', 'readwrite');
      const asked = work(transaction.objectStore('q'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = nothing;
    };
  }).catch(() => undefined);

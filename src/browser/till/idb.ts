/** One store of keys and values in IndexedDB. A browser that refuses it (private windows) still sells. */
const databaseName = 'smartket-till'
const storeName = 'values'

export async function readValue<T>(key: string): Promise<T | null> {
  const value = await inStore('readonly', (store) => store.get(key))
  return (value as T | undefined) ?? null
}

export async function writeValue(key: string, value: unknown): Promise<void> {
  await inStore('readwrite', (store) => store.put(value, key))
}

let opening: Promise<IDBDatabase | null> | null = null

async function inStore(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  opening ??= open()
  const database = await opening
  if (!database) return undefined
  return new Promise((resolve) => {
    try {
      const request = work(database.transaction(storeName, mode).objectStore(storeName))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(undefined)
    } catch {
      // The browser closed the database under us (storage cleared): the next call opens it again.
      opening = null
      resolve(undefined)
    }
  })
}

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(databaseName, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(storeName)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}

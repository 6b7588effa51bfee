/** One store of keys and values in IndexedDB. A browser that refuses it (private windows) still sells. */
const databaseName = 'smartket-till'
const storeName = 'values'
/** Some browsers never answer a request to open; nothing of the till may wait for them. */
const openMs = 1000

export async function readValue<T>(key: string): Promise<T | null> {
  const { value } = await inStore('readonly', (store) => store.get(key))
  return (value as T | undefined) ?? null
}

/** Whether it is kept. */
export async function writeValue(key: string, value: unknown): Promise<boolean> {
  return (await inStore('readwrite', (store) => store.put(value, key))).isDone
}

type Done = { isDone: boolean; value?: unknown }

let opening: Promise<IDBDatabase | null> | null = null

async function inStore(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<Done> {
  opening ??= open()
  const database = await opening
  if (!database) return { isDone: false }
  return new Promise((resolve) => {
    const fail = () => resolve({ isDone: false })
    try {
      const transaction = database.transaction(storeName, mode)
      const request = work(transaction.objectStore(storeName))
      transaction.oncomplete = () => resolve({ isDone: true, value: request.result })
      transaction.onerror = fail
      transaction.onabort = fail
    } catch {
      // The browser closed the database under us (storage cleared): the next call opens it again.
      opening = null
      fail()
    }
  })
}

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), openMs)
    try {
      const request = indexedDB.open(databaseName, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(storeName)
      request.onsuccess = () => {
        // It may have come late: then the next call finds it.
        opening = Promise.resolve(request.result)
        resolve(request.result)
      }
      request.onerror = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}

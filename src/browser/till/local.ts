/** The page's own storage. Where it is full or forbidden the till still sells: each caller is told, none is stopped. */
export function readLocal(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** False: not kept, and what stood there before is gone too; an old order must not come back for a new one. */
export function writeLocal(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    forget(key)
    return false
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Forbidden altogether: nothing of ours stands there.
  }
}

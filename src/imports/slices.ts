/** What one statement carries: 500 rows stay far below the server's packet, and let others have their turn. */
export const rowsAtOnce = 500

export function* slices<T>(list: readonly T[], size = rowsAtOnce): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}

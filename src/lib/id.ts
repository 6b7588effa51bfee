/** The largest `int unsigned`: what a row's id can be. */
const largest = 4_294_967_295

/** A row's id as an address or a form writes it; null for anything that can be no id. */
export function readId(text: string | undefined): number | null {
  if (!text || !/^[1-9]\d{0,9}$/.test(text)) return null
  const id = Number(text)
  return id <= largest ? id : null
}

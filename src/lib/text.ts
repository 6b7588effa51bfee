// Words around figures. Also runs in the till's page.

/** `1 producto`, `1,482 productos`. */
export function count(n: number, one: string, many: string): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}

/** 1482 → `1,482` */
export function formatCount(n: number): string {
  return `${n < 0 ? '−' : ''}${String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ',')}`
}

/** For searching: lower-case and without accents, but ñ stays ñ: «pina» and «piña» are different words. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (isPlain.test(lower)) return lower
  return lower
    .normalize('NFD')
    .replace(/(?!n\u0303)(.)[\u0300-\u036f]+/gsu, '$1')
    .normalize('NFC')
}

/** Most words have no accent, and a list of prices has many words. */
const isPlain = /^[ -~]*$/

/** `1.5 L`, `1/4 pollo`, `S/ 15` are one word each: no line of a tile, a list or a paper breaks inside them. */
export function unbroken(name: string): string {
  return name
    .replace(/(\d) (?=(?:l|lt|lts|ml|cc|kg|g|gr|oz|un|pollos?)\b)/giu, '$1\u00a0')
    .replace(/\bS\/ (?=\d)/g, 'S/\u00a0')
}

/** One line of SUNAT's padrón reducido (PERU.md, section 2). */

export type PadronRow = {
  ruc: string
  legalName: string
  state: string
  condition: string
  address: string | null
}

/** The header's first columns: how a padrón is told from any other file. */
export function isPadronHeader(line: string): boolean {
  const [ruc, name, state] = line.split('|')
  return (
    line.split('|').length >= 15 &&
    ruc?.trim() === 'RUC' &&
    /NOMBRE/i.test(name ?? '') &&
    /ESTADO/i.test(state ?? '')
  )
}

/** Null for a line that is not a row: cut in half, other columns, no RUC or no name. */
export function parsePadronRow(line: string): PadronRow | null {
  const columns = line.split('|')
  if (columns.length < 15 || columns.length > 16) return null
  const [ruc = '', name = '', state = '', condition = ''] = columns
  const legalName = filled(name)
  if (!/^\d{11}$/.test(ruc) || !legalName) return null
  return {
    ruc,
    legalName: legalName.slice(0, 150),
    state: filled(state).slice(0, 40),
    condition: filled(condition).slice(0, 40),
    address: addressOf(columns),
  }
}

/**
 * `AV. LOS ALAMOS NRO. 123 INT. 4 URB. SANTA ISABEL`, as SUNAT itself writes it. The district is left
 * out: the file has only its code. Natural persons normally have none.
 */
function addressOf(columns: readonly string[]): string | null {
  const at = (column: number) => filled(columns[column] ?? '')
  const named = (name: string, column: number) => (at(column) ? `${name} ${at(column)}` : '')
  const number = at(9) === 'S/N' ? 'S/N' : named('NRO.', 9)
  const street = [at(5), at(6), number, named('KM.', 14)]
  const inside = [named('MZA.', 13), named('LOTE', 11), named('INT.', 10), named('DPTO.', 12)]
  const address = [...street, ...inside, at(7), at(8)].filter(Boolean).join(' ')
  return address ? address.slice(0, 200) : null
}

/** `-` and `----` are SUNAT's empty. */
function filled(text: string): string {
  const plain = text.trim()
  return /^-*$/.test(plain) ? '' : plain.replace(/\s+/g, ' ')
}

// An amount in words, as Peruvian receipts print it: capitals without accents.

const upTo29 = (
  'CERO UNO DOS TRES CUATRO CINCO SEIS SIETE OCHO NUEVE DIEZ ONCE DOCE TRECE CATORCE QUINCE DIECISEIS ' +
  'DIECISIETE DIECIOCHO DIECINUEVE VEINTE VEINTIUNO VEINTIDOS VEINTITRES VEINTICUATRO VEINTICINCO ' +
  'VEINTISEIS VEINTISIETE VEINTIOCHO VEINTINUEVE'
).split(' ')
const tens = ' . . TREINTA CUARENTA CINCUENTA SESENTA SETENTA OCHENTA NOVENTA'.trim().split(' ')
const hundreds =
  'CIENTO DOSCIENTOS TRESCIENTOS CUATROCIENTOS QUINIENTOS SEISCIENTOS SETECIENTOS OCHOCIENTOS NOVECIENTOS'.split(
    ' ',
  )

/** 5200 → `CINCUENTA Y DOS CON 00/100 SOLES`, from 0.00 to 999,999,999.99. */
export function amountInWords(centimos: number): string {
  if (!Number.isSafeInteger(centimos) || centimos < 0 || centimos > 99_999_999_999)
    throw new RangeError(`not an amount that has words: ${centimos}`)
  const cents = String(centimos % 100).padStart(2, '0')
  return `${wholeInWords(Math.floor(centimos / 100))} CON ${cents}/100 SOLES`
}

function wholeInWords(n: number): string {
  const millions = Math.floor(n / 1_000_000)
  const thousands = Math.floor(n / 1000) % 1000
  const rest = n % 1000
  const parts: string[] = []
  if (millions > 0) parts.push(millions === 1 ? 'UN MILLON' : `${before(wholeInWords(millions))} MILLONES`)
  if (thousands > 0) parts.push(thousands === 1 ? 'MIL' : `${before(below1000(thousands))} MIL`)
  if (rest > 0 || parts.length === 0) parts.push(below1000(rest))
  return parts.join(' ')
}

/** UNO loses its O before MIL and MILLONES: VEINTIUN MIL, TREINTA Y UN MILLONES. */
const before = (words: string) => words.replace(/UNO$/, 'UN')

function below1000(n: number): string {
  if (n === 100) return 'CIEN'
  if (n > 100)
    return [hundreds[Math.floor(n / 100) - 1], n % 100 ? below1000(n % 100) : ''].filter(Boolean).join(' ')
  if (n < 30) return upTo29[n] ?? ''
  const unit = n % 10
  return unit ? `${tens[Math.floor(n / 10) - 1]} Y ${upTo29[unit]}` : (tens[n / 10 - 1] ?? '')
}

/**
 * Writes an invented padrón reducido in SUNAT's form, for tests and measurements:
 * `node scripts/make-padron.ts 300000 padron.zip`. Check digits are right, names and streets are made up.
 */

import { createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { checkDigit } from '#src/ruc/ruc.ts'

export const padronHeader =
  'RUC|NOMBRE O RAZÓN SOCIAL|ESTADO DEL CONTRIBUYENTE|CONDICIÓN DE DOMICILIO|UBIGEO|TIPO DE VÍA|NOMBRE DE VÍA|' +
  'CÓDIGO DE ZONA|TIPO DE ZONA|NÚMERO|INTERIOR|LOTE|DEPARTAMENTO|MANZANA|KILÓMETRO|'

/** The RUC of the invented row number `n`; no two are the same below a hundred million. */
export function inventedRuc(n: number): string {
  const firstTen = (isCompany(n) ? '20' : '10') + String((n * 7919) % 100_000_000).padStart(8, '0')
  return firstTen + checkDigit(firstTen)
}

/** A zip if the name ends so, otherwise the plain text. ISO-8859-1. */
export async function makePadron(file: string, rows: number): Promise<void> {
  if (file.endsWith('.zip')) await writeZip(file, 'padron_reducido_ruc.txt', pieces(rows))
  else await pipeline(Readable.from(pieces(rows)), createWriteStream(file))
}

/** A zip with one deflated file, its sizes behind the data as streaming writers do. */
export async function writeZip(file: string, name: string, content: Iterable<Buffer>): Promise<void> {
  const zip = await open(file, 'w')
  try {
    await writeEntry(zip, Buffer.from(name), content)
  } finally {
    await zip.close()
  }
}

async function writeEntry(zip: FileHandle, name: Buffer, content: Iterable<Buffer>): Promise<void> {
  let crc = 0
  let size = 0
  let zippedSize = 0
  const header = numbers([0x04034b50, 4], [20, 2], [8, 2], [8, 2], [0, 4], [0, 12], [name.length, 2], [0, 2])
  await zip.writeFile(Buffer.concat([header, name]))
  const measured = function* () {
    for (const piece of content) {
      crc = crc32(piece, crc)
      size += piece.length
      yield piece
    }
  }
  for await (const zipped of Readable.from(measured()).pipe(createDeflateRaw({ level: 1 }))) {
    zippedSize += zipped.length
    await zip.writeFile(zipped)
  }
  const sizes: Field[] = [
    [crc, 4],
    [zippedSize, 4],
    [size, 4],
  ]
  const descriptor = numbers([0x08074b50, 4], ...sizes)
  const versions: Field[] = [
    [0x02014b50, 4],
    [20, 2],
    [20, 2],
    [8, 2],
    [8, 2],
    [0, 4],
  ]
  const central = numbers(...versions, ...sizes, [name.length, 2], [0, 16])
  const start = header.length + name.length + zippedSize + descriptor.length
  const centralSize = central.length + name.length
  const end = numbers([0x06054b50, 4], [0, 4], [1, 2], [1, 2], [centralSize, 4], [start, 4], [0, 2])
  await zip.writeFile(Buffer.concat([descriptor, central, name, end]))
}

type Field = [value: number, bytes: number]

/** Little-endian numbers, one after the other; a field of more than four bytes is zeros. */
function numbers(...fields: Field[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes)
      if (bytes <= 4) field.writeUIntLE(value, 0, bytes)
      return field
    }),
  )
}

function* pieces(rows: number): Generator<Buffer> {
  let lines = `${padronHeader}\n`
  for (let n = 0; n < rows; n++) {
    lines += `${inventedLine(n)}\n`
    if (lines.length > 65_536) {
      yield Buffer.from(lines, 'latin1')
      lines = ''
    }
  }
  yield Buffer.from(lines, 'latin1')
}

const isCompany = (n: number) => n % 5 === 0
const pick = (all: readonly string[], n: number) => all[n % all.length] ?? ''
const surnames = [
  'QUISPE',
  'MAMANI',
  'HUAMÁN',
  'ÑAUPARI',
  'CCORI',
  'SALAZAR',
  'PEÑA',
  'YUPANQUI',
  'ROJAS',
  'TORRES',
  'VÁSQUEZ',
]
const names = ['ROSA', 'BETO', 'CARLA', 'JUAN', 'MARÍA', 'LUZ', 'PEDRO']
const trades = ['POLLERIA', 'INVERSIONES', 'BODEGA', 'COMERCIAL', 'TRANSPORTES', 'SERVICIOS', 'DISTRIBUIDORA']
const streets = ['LOS ÁLAMOS', 'GRAU', 'BOLOGNESI', 'LAS PALMERAS', 'TÚPAC AMARU', 'EL SOL']
const states = ['ACTIVO', 'ACTIVO', 'ACTIVO', 'BAJA DE OFICIO', 'SUSPENSION TEMPORAL', 'BAJA DEFINITIVA']

/** Four of five are natural persons, without an address, as in the real file. */
function inventedLine(n: number): string {
  const who = `${pick(surnames, n)} ${pick(surnames, n + 3)}`
  const state = pick(states, n)
  if (!isCompany(n))
    return `${inventedRuc(n)}|${who} ${pick(names, n)}|${state}|HABIDO|-|-|-|-|-|-|-|-|-|-|-|`
  const street = `AV.|${pick(streets, n / 5)}|URB.|SANTA ${pick(names, n)}|${(n % 990) + 10}`
  return `${inventedRuc(n)}|${pick(trades, n)} ${who} ${n} S.A.C.|${state}|HABIDO|150101|${street}|${n % 9 || '-'}|-|-|-|-|`
}

if (import.meta.main) {
  const [rows, file] = process.argv.slice(2)
  if (!file || !/^\d{1,8}$/.test(rows ?? '')) {
    console.error('usage: node scripts/make-padron.ts ROWS FILE(.txt|.zip)')
    process.exitCode = 2
  } else await makePadron(file, Number(rows))
}

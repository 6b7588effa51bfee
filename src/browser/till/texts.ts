import { formatQuantity } from '#src/lib/quantity.ts'
import { methodNames } from '#src/sales/names.ts'
import type { OrderLine } from '#src/sales/order.ts'
import type { ChargedSale } from './pay/charge.ts'

// What the till says of itself; what the server refuses, it says in its own words.
export const unknownText = 'No sabemos si se guardó. Vuelve a intentar: no se cobrará dos veces.'
export const updatingText =
  'Estamos actualizando tu negocio, vuelve en un minuto. Tu pedido está guardado en este equipo.'
export const signedOutText = 'Tu sesión terminó. Tu pedido está guardado: ingresa y vuelve a cobrar.'
export const otherBusinessText = 'Aquí entró otro negocio. Vuelve a ingresar; tu pedido está guardado.'
export const notKeptText =
  'Este navegador no deja guardar el pedido: si cierras o recargas la página, se pierde.'
export const fullText = 'Un pedido lleva hasta 200 líneas y 9,999 de cada producto. Cóbralo en dos.'
export const soldOutText = (name: string) => `${name}: agotado. No se puede vender en este local.`
export const goneText = (name: string) => `${name} ya no está a la venta. Quítalo para cobrar.`
export const outText = (name: string) => `${name}: agotado en este local. Quítalo para cobrar.`
export const methodGuardText = 'Presiona «Cobrar» para confirmar.'
export const guardText = 'Toca cuánto recibes o «Exacto».'

/** «1/4 pollo, 2, total 52 soles con 50», as a person at the counter says it. */
export function spokenLine(
  line: Pick<OrderLine, 'name' | 'quantityThousandths' | 'stepThousandths'>,
  totalCentimos: number,
) {
  return `${line.name}, ${formatQuantity(line.quantityThousandths, line.stepThousandths)}, total ${spokenSoles(totalCentimos)}`
}

export function spokenSoles(centimos: number): string {
  const soles = Math.floor(centimos / 100)
  const rest = centimos % 100
  return `${soles} ${soles === 1 ? 'sol' : 'soles'}${rest ? ` con ${rest}` : ''}`
}

/** «Cobrado 43 soles con 50, Efectivo, vuelto 6 soles con 50» */
export function spokenSale(sale: Pick<ChargedSale, 'dueCentimos' | 'changeCentimos' | 'method'>): string {
  const change = sale.changeCentimos ? `, vuelto ${spokenSoles(sale.changeCentimos)}` : ''
  return `Cobrado ${spokenSoles(sale.dueCentimos)}, ${methodNames[sale.method]}${change}`
}

import { formatQuantity } from '#src/lib/quantity.ts'
import type { AmountProblem, Reason, StockLeft } from './stock.ts'

// Also runs in the till's page.

export const reasonNames: Record<
  Reason | 'venta' | 'carga' | 'deshacer' | 'anulacion' | 'devolucion',
  string
> = {
  ingreso: 'Ingreso',
  merma: 'Merma',
  ajuste: 'Ajuste',
  conteo: 'Conteo',
  venta: 'Venta',
  carga: 'Carga de Excel',
  deshacer: 'Carga deshecha',
  anulacion: 'Venta anulada',
  devolucion: 'Devolución',
}

export const reasonHints: Record<Reason, string> = {
  ingreso: 'Llegó mercadería: se suma.',
  merma: 'Se perdió o se malogró: se resta.',
  ajuste: 'Corrige: 2 suma y -2 resta.',
  conteo: 'Contaste: escribe cuánto hay.',
}

export function amountText(problem: AmountProblem, stepThousandths: number): string {
  if (problem === 'not-an-amount') return 'Escribe una cantidad, por ejemplo 12.'
  if (stepThousandths === 125) return 'Se cuenta por octavos: por ejemplo 1/4, 2/8 o 0.25.'
  return 'Se cuenta por unidades enteras.'
}

/** «quedan 3/4 de pollo», «queda 1 de Inca Kola», «no queda Pollo» */
function leftWords({ name, thousandths, stepThousandths }: StockLeft): string {
  if (thousandths <= 0) return `no queda ${name}`
  const isOne = thousandths === 1000 || (thousandths === 125 && stepThousandths === 125)
  return `${isOne ? 'queda' : 'quedan'} ${formatQuantity(thousandths, stepThousandths)} de ${name}`
}

/** The till's amber strip. */
export const warningText = (left: StockLeft) => `Según el sistema ${leftWords(left)}. Puedes vender igual.`

/** Where the owner said that nothing is sold without stock. */
export const blockedText = (left: StockLeft) =>
  `Según el sistema ${leftWords(left)} y el dueño pidió no vender sin stock. Quita lo que falta.`

export const fractionsText = 'Su stock tiene fracciones: cuéntalo primero en unidades enteras.'
export const notTrackedText = 'Este producto no lleva stock. Actívalo primero.'
export const levelText = 'Esa cantidad es demasiado grande.'
export const branchText = 'Ese local no existe en tu negocio.'

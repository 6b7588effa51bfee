import { formatLongDate, limaDate } from '#src/lib/lima.ts'

export type ClosingProblem = 'wrong-password'

export const closingProblems: Record<ClosingProblem, { field: string; text: string }> = {
  'wrong-password': { field: 'password', text: 'La contraseña no coincide.' },
}

/** `23 de diciembre de 2026` in Lima. */
export const longDay = (at: Date) => formatLongDate(limaDate(at))

export const leavingTexts = {
  reopened: 'Tu cuenta está abierta otra vez. Todo sigue como lo dejaste.',
}

/** What closing does, said before it is done. */
export const consequences = (until: Date): string[] => [
  'Ya no se podrá abrir una caja ni vender. Si hay una caja abierta, puede terminar su turno en las próximas 24 horas.',
  'No se te cobra nada más.',
  `Todo se guarda hasta el ${longDay(until)}: puedes verlo, descargarlo y volver a abrir tu cuenta.`,
  'Después se borra para siempre. Te avisamos por correo antes.',
]

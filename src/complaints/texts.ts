import { count } from '#src/lib/text.ts'

export type ComplaintProblem = 'other-content' | 'already-answered' | 'not-found'

export const problemText: Record<ComplaintProblem, string> = {
  'other-content':
    'Esta hoja ya se registró con otros datos y no se puede cambiar. Si quieres presentar esta también, envíala otra vez.',
  'already-answered': 'Esta hoja ya tiene respuesta. Una respuesta no se cambia.',
  'not-found': 'No encontramos esa hoja.',
}

export const texts = {
  kind: 'Elige reclamo o queja.',
  consumerName: 'Escribe tu nombre y apellidos.',
  consumerAddress: 'Escribe tu domicilio.',
  documentType: 'Elige un documento de la lista.',
  documentNumber: {
    DNI: 'El DNI tiene 8 números.',
    CE: 'Revisa el número de tu carné de extranjería.',
    PASAPORTE: 'Revisa el número de tu pasaporte.',
    RUC: 'Ese RUC no es válido: revisa los números.',
  },
  phone: 'Escribe un teléfono, por ejemplo 987 654 321.',
  email: 'Escribe tu correo completo, por ejemplo juan@gmail.com.',
  item: 'Elige producto o servicio.',
  itemDescription: 'Escribe de qué se trata, por ejemplo «Plan Local».',
  amount: 'Escribe un monto, por ejemplo 69.00, o déjalo vacío.',
  detail: 'Cuéntanos qué pasó.',
  request: 'Escribe qué pides.',
  tooLong: (most: number) => `Usa como máximo ${count(most, 'letra', 'letras')}.`,
  staleForm: 'No pudimos leer el formulario. Envíalo otra vez: lo que escribiste sigue aquí.',
  answer: 'Escribe la respuesta.',
}

/** A person who may not send one now must not lose her day: the other ways stay open to her. */
export function tooManyText(retryAfterSeconds: number): string {
  const minutes = Math.max(1, Math.ceil(retryAfterSeconds / 60))
  const wait =
    minutes > 90 ? count(Math.ceil(minutes / 60), 'hora', 'horas') : count(minutes, 'minuto', 'minutos')
  return `Recibimos muchas hojas seguidas desde aquí. Prueba en ${wait}: lo que escribiste sigue aquí.`
}

/** For the operator: how much of the term is left. */
export function daysLeftText(daysLeft: number): string {
  if (daysLeft === 0) return 'Vence hoy'
  if (daysLeft > 0)
    return `${daysLeft === 1 ? 'Queda' : 'Quedan'} ${count(daysLeft, 'día hábil', 'días hábiles')}`
  return `Venció hace ${count(-daysLeft, 'día hábil', 'días hábiles')}`
}

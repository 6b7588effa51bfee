import { nameLimit, type PinProblem } from './staff.ts'

export const pinTexts: Record<PinProblem, string> = {
  'pin-shape': 'El PIN tiene de 4 a 6 números.',
  'pin-trivial': 'Ese PIN es muy fácil de adivinar. Elige otro.',
}

export const nameTexts = {
  missing: 'Escribe su nombre.',
  'too-long': `Usa hasta ${nameLimit} letras en el nombre.`,
  taken: (name: string) => `Ya tienes a ${name} en tu equipo. Agrega su apellido para distinguirlos.`,
}

export const inviteTexts = {
  tooMany: 'Demasiadas invitaciones seguidas. Espera unos minutos y vuelve a intentar.',
}

import type { PasswordProblem } from '#src/accounts/passwords/password.ts'

export const passwordText: Record<PasswordProblem, string> = {
  'too-short': 'Usa al menos 8 caracteres.',
  'too-long': 'Usa como máximo 200 caracteres.',
  'too-easy': 'Es muy fácil de adivinar. Agrega una o dos palabras.',
}

export type AccountProblem = 'email-taken' | 'no-match' | 'wrong-password' | 'link-over'

/** Each refusal with the field it belongs to; `form` is the whole of it. */
export const problemText: Record<AccountProblem, { field: string; text: string }> = {
  'email-taken': {
    field: 'email',
    text: 'Ese correo ya tiene una cuenta. Ingresa o recupera tu contraseña.',
  },
  'no-match': { field: 'form', text: 'El correo o la contraseña no coinciden.' },
  'wrong-password': { field: 'password', text: 'La contraseña no coincide.' },
  'link-over': { field: 'form', text: 'Este enlace ya se usó o venció. Pide otro.' },
}

export const texts = {
  email: 'Escribe tu correo completo, por ejemplo juan@gmail.com.',
  password: 'Escribe tu contraseña.',
  businessName: 'Escribe el nombre de tu negocio.',
  businessNameTooLong: 'Usa como máximo 120 caracteres.',
  rubro: 'Elige uno de la lista.',
  recoverySent: 'Si ese correo tiene una cuenta, te enviamos un enlace. Revisa también tu correo no deseado.',
  confirmationSent: 'Te enviamos otro enlace. Revisa también tu correo no deseado.',
  emailCorrected: 'Guardamos tu correo nuevo. Te enviamos un enlace para confirmarlo.',
  emailWaiting: 'Te enviamos un enlace al correo nuevo. Hasta que lo confirmes, vale el de siempre.',
  emailConfirmed: '¡Listo! Tu correo está confirmado.',
}

export const didYouMean = (email: string) => `¿Quisiste decir ${email}?`

/** Only who has a password to recover is told of that way out. */
export function tooManyText(retryAfterSeconds: number, { recover }: { recover: boolean }): string {
  return `Demasiados intentos. Prueba en ${duration(retryAfterSeconds)}${recover ? ' o recupera tu contraseña' : ''}.`
}

function duration(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  return minutes === 1 ? '1 minuto' : minutes >= 60 ? '1 hora' : `${minutes} minutos`
}

export type ExportProblem = 'wrong-password' | 'no-space' | 'underway-elsewhere' | 'too-many'

/** Each refusal with the field it belongs to; `form` is the whole of it. */
export const exportProblems: Record<
  ExportProblem,
  { field: string; text: string; status: 409 | 422 | 429 | 503 }
> = {
  'wrong-password': { field: 'password', text: 'La contraseña no coincide.', status: 422 },
  'no-space': {
    field: 'form',
    text: 'Ahora no tenemos espacio para preparar tu descarga y ya lo estamos viendo. Vuelve a intentar más tarde.',
    status: 503,
  },
  'underway-elsewhere': {
    field: 'form',
    text: 'Ya se está preparando una descarga desde otro equipo. Espera a que termine.',
    status: 409,
  },
  'too-many': {
    field: 'form',
    text: 'Ya preparaste varias descargas. Espera una hora y vuelve a intentar.',
    status: 429,
  },
}

export const exportTexts = {
  failed: 'No pudimos terminar tu descarga. Vuelve a intentar.',
  waiting: 'Tu descarga empieza en un momento. Puedes cerrar esta página.',
}

export const makingText = (percent: number) =>
  `Preparando tu descarga: ${percent}\u00a0%. Puedes cerrar esta página.`

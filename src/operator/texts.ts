export { tooManyText } from '#src/accounts/texts.ts'

export const texts = {
  email: 'Escribe tu correo completo.',
  password: 'Escribe tu contraseña.',
  code: 'Escribe el código de tu teléfono.',
  noMatch: 'El correo, la contraseña o el código no coinciden.',
  wrongCode: 'Ese código no vale. Espera el siguiente y escríbelo.',
}

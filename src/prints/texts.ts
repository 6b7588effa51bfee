export const printTexts = {
  malformed: 'No pudimos anotar la impresión. Vuelve a intentar.',
  'request-key-reused': 'Esta impresión ya se anotó en otro ticket. Recarga la página.',
}

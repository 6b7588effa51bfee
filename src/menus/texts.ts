export const menuTexts = {
  nothing: 'Marca al menos un producto.',
  price: 'Escribe un precio, por ejemplo 12.50.',
}

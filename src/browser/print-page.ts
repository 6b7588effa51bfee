/** «Imprimir» of a page that is printed as it stands. Without script the browser's own menu does it. */
const button = document.querySelector<HTMLButtonElement>('[data-print-page]')

if (button) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

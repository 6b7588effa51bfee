/**
 * What the pages of a payment do at once: copy a number, make the photo small before it is sent. Every page
 * works without this file.
 */
import { watchPhoto } from './products/watch-photo.ts'

/** A screenshot's figures must stay legible. */
const legiblePixels = 1_280

watchPhoto(legiblePixels)
watchCopies()

/** The buttons are there only where they can copy: on a page without https they could not. */
function watchCopies() {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const label = button.querySelector('.button-label')
    button.hidden = false
    button.addEventListener('click', async () => {
      const isCopied = await navigator.clipboard.writeText(button.dataset.copy ?? '').then(
        () => true,
        () => false,
      )
      if (!label || !isCopied) return
      label.textContent = 'Copiado'
      // Its name is what is read aloud: the focus is on it.
      const name = button.getAttribute('aria-label') ?? ''
      button.setAttribute('aria-label', name.replace(/^Copiar:/, 'Copiado:'))
      window.setTimeout(() => {
        label.textContent = 'Copiar'
        button.setAttribute('aria-label', name.replace(/^Copiado:/, 'Copiar:'))
      }, 2_000)
    })
  }
}

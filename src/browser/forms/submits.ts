/** The second press of a double click is dropped here; the server would answer it just the same. */
export function watchSubmits() {
  // Two bundles of one page may both ask for it.
  const { dataset } = document.documentElement
  if (dataset.submits) return
  dataset.submits = 'watched'
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    const button = event.submitter
    const isSaving = form.method === 'post' && !button?.hasAttribute('formaction')
    if (!isSaving || event.defaultPrevented) return
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'true'
    form.querySelector('button[data-busy]')?.setAttribute('aria-busy', 'true')
  })
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent
    for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy')
  })
}

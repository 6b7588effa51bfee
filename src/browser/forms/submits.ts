import { makeSendOnce } from '../send-once.ts'

/** Every form that saves: one press, one request, and its button says that it is on its way. */
export function watchSubmits() {
  // Two bundles of one page may both ask for it.
  const { dataset } = document.documentElement
  if (dataset.submits) return
  dataset.submits = 'watched'
  const sendOnce = makeSendOnce((form, isSent) => {
    const button = form.querySelector('button[data-busy]')
    if (isSent) button?.setAttribute('aria-busy', 'true')
    else button?.removeAttribute('aria-busy')
  })
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    const button = event.submitter
    const isSaving = form.method === 'post' && !button?.hasAttribute('formaction')
    if (isSaving && !event.defaultPrevented) sendOnce(event, form)
  })
}

/** Stopped by hand, or the line is gone: the page is still here. */
const releaseMs = 10_000

/**
 * One press of a form is one request: the second half of a double click is dropped here; the server would
 * answer it just the same. `mark` shows that it is on its way. Back brings the page as it was left, so that
 * it may be sent again.
 */
export function makeSendOnce(mark: (form: HTMLFormElement, isSent: boolean) => void) {
  const sent = new Map<HTMLFormElement, number>()
  const release = (form: HTMLFormElement) => {
    window.clearTimeout(sent.get(form))
    sent.delete(form)
    mark(form, false)
  }
  window.addEventListener('pageshow', () => {
    for (const form of [...sent.keys()]) release(form)
  })
  return (event: SubmitEvent, form: HTMLFormElement) => {
    if (sent.has(form)) return event.preventDefault()
    sent.set(
      form,
      window.setTimeout(() => release(form), releaseMs),
    )
    mark(form, true)
  }
}

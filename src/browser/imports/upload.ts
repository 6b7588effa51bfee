/** Choosing, dropping and pasting are one act: the file is on its way, with a bar that says how far. */
export function watchUpload() {
  const form = currentForm()
  if (!form) return
  arm(form)
  document.addEventListener('paste', (event) => {
    const file = pasted(event.clipboardData)
    if (file) send(file)
  })
  // A file dropped beside the zone would otherwise open in place of the page.
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    zone()?.classList.remove('is-over')
    const file = event.dataTransfer?.files[0]
    if (file) send(file)
  })
  document.addEventListener('dragenter', (event) => {
    if (event.dataTransfer?.types.includes('Files')) zone()?.classList.add('is-over')
  })
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) zone()?.classList.remove('is-over')
  })
}

/** A file, or rows that were copied in a spreadsheet: those come as text with tabs. */
function pasted(clipboard: DataTransfer | null): File | undefined {
  const text = clipboard?.getData('text/plain') ?? ''
  if (text.includes('\t')) return new File([text], 'Filas pegadas.csv', { type: 'text/csv' })
  return clipboard?.files[0]
}

const currentForm = () => document.querySelector<HTMLFormElement>('form[data-upload]')
const zone = () => document.querySelector('.upload-zone')

let isSending = false

function arm(form: HTMLFormElement) {
  form.classList.add('is-live')
  form.querySelector<HTMLInputElement>('input[type="file"]')?.addEventListener('change', (event) => {
    const file = (event.target as HTMLInputElement).files?.[0]
    if (file) send(file)
  })
}

function send(file: File) {
  const form = currentForm()
  if (!form || isSending) return
  if (file.size > Number(form.dataset.maxBytes)) return refuse(form, form.dataset.tooLarge ?? '')
  isSending = true
  const bar = showProgress(form)
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  // The answer is then what htmx would get: the refused form, or where to go.
  request.setRequestHeader('HX-Request-Type', 'partial')
  request.upload.addEventListener('progress', ({ loaded, total }) => bar.tell(loaded, total))
  request.upload.addEventListener('load', () => bar.read())
  request.addEventListener('load', () => answer(form, request))
  request.addEventListener('error', () => refuse(form, form.dataset.cut ?? ''))
  request.addEventListener('loadend', () => {
    isSending = false
  })
  const body = new FormData()
  body.set('file', file)
  request.send(body)
}

function answer(form: HTMLFormElement, request: XMLHttpRequest) {
  const next = request.getResponseHeader('HX-Redirect')
  if (next) return location.assign(next)
  const answered = new DOMParser().parseFromString(request.responseText, 'text/html')
  const again = answered.querySelector<HTMLFormElement>('form[data-upload]')
  if (again) return putBack(form, again)
  refuse(form, answered.body.textContent?.trim() || (form.dataset.cut ?? ''))
}

/** The form as the server gave it back, with its sentence read aloud. */
function putBack(form: HTMLFormElement, again: HTMLFormElement) {
  form.replaceWith(again)
  arm(again)
  again.querySelector<HTMLInputElement>('input[type="file"]')?.focus()
}

/** The same sentence in the same place, when no answer came. */
function refuse(form: HTMLFormElement, text: string) {
  hideProgress(form)
  form.querySelector('#upload-error')?.remove()
  const alert = document.createElement('div')
  alert.className = 'form-alert'
  alert.id = 'upload-error'
  alert.setAttribute('role', 'alert')
  alert.textContent = text
  form.prepend(alert)
  const input = form.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) return
  input.value = ''
  input.setAttribute('aria-invalid', 'true')
  input.setAttribute('aria-describedby', 'upload-error upload-hint')
  input.focus()
}

function showProgress(form: HTMLFormElement) {
  hideProgress(form)
  form.querySelector('#upload-error')?.remove()
  const label = document.createElement('label')
  label.className = 'progress upload-progress'
  const words = document.createElement('span')
  words.textContent = 'Subiendo…'
  const progress = document.createElement('progress')
  progress.max = 100
  progress.value = 0
  label.append(words, progress)
  form.querySelector('.upload-zone')?.append(label)
  form.querySelector<HTMLElement>('.upload-file')?.setAttribute('hidden', '')
  return {
    tell(loaded: number, total: number) {
      const percent = total > 0 ? Math.floor((loaded / total) * 100) : 0
      progress.value = percent
      words.textContent = `Subiendo… ${percent} %`
    },
    read() {
      progress.removeAttribute('value')
      words.textContent = 'Leyendo tu Excel…'
    },
  }
}

function hideProgress(form: HTMLFormElement) {
  form.querySelector('.upload-progress')?.remove()
  form.querySelector('.upload-file')?.removeAttribute('hidden')
}

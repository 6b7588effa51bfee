import { reduced } from './photo.ts'

/** The file of the field is replaced by its small copy; a press before that waits for it. */
export function watchPhoto(mostPixels?: number) {
  const form = document.querySelector<HTMLFormElement>('form[data-photo]')
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]')
  const button = form?.querySelector('button')
  if (!form || !input || !button) return
  const { busy } = button.dataset
  let isReducing = false
  let isPressed = false
  const hold = () => {
    isPressed = true
    button.dataset.busy = 'Reduciendo…'
    button.setAttribute('aria-busy', 'true')
  }
  const letGo = () => {
    isReducing = false
    if (!isPressed) return
    isPressed = false
    button.dataset.busy = busy
    button.removeAttribute('aria-busy')
    form.requestSubmit(button)
  }
  input.addEventListener('change', async () => {
    const [file] = input.files ?? []
    isReducing = file !== undefined
    if (!file) return letGo()
    const small = await reduced(file, mostPixels).catch(() => null)
    // Another was chosen meanwhile: that one lets go.
    if (input.files?.[0] !== file) return
    if (small) input.files = listOf(small)
    letGo()
  })
  form.addEventListener('submit', (event) => {
    if (!isReducing) return
    event.preventDefault()
    hold()
  })
}

function listOf(file: File): FileList {
  const list = new DataTransfer()
  list.items.add(file)
  return list.files
}

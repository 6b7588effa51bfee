import { suggestedEmail } from '#src/accounts/email.ts'
import { didYouMean } from '#src/accounts/texts.ts'
import { makeSendOnce } from './send-once.ts'

const sendOnce = makeSendOnce((form, isSent) => form.classList.toggle('htmx-request', isSent))

/** What the forms before the door gain from a script: the question about the e-mail at once, «Ver», one press. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-register-form]')) {
  askAboutEmail(form)
  letPasswordBeSeen(form)
  form.addEventListener('submit', (event) => sendOnce(event, form))
}

/** Asked while typing, once the typing pauses, and at the latest when the field is left. */
function askAboutEmail(form: HTMLFormElement) {
  const email = form.querySelector<HTMLInputElement>('input[name=email]')
  const asked = form.querySelector<HTMLInputElement>('input[name=email_asked]')
  const place = form.querySelector<HTMLElement>('[data-email-question]')
  if (!email || !asked || !place) return

  const ask = () => {
    const suggestion = suggestedEmail(email.value)
    if (!suggestion) return place.replaceChildren()
    if (asked.value === email.value && place.firstChild) return
    place.replaceChildren(question(suggestion, () => correct(suggestion)))
    // Whoever sends it later has seen the question, and the server need not ask again. Enter in this very
    // field sends the form before anybody could read.
    const typed = email.value
    window.setTimeout(() => {
      asked.value = typed
    }, 500)
  }
  const correct = (suggestion: string) => {
    email.value = suggestion
    place.replaceChildren()
    email.focus()
  }

  let pause: number | undefined
  email.addEventListener('input', () => {
    window.clearTimeout(pause)
    pause = window.setTimeout(ask, 700)
  })
  email.addEventListener('change', ask)
}

function question(suggestion: string, correct: () => void): HTMLElement {
  const text = document.createElement('p')
  text.className = 'email-question-text'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-quiet'
  button.textContent = 'Sí, corregir'
  button.addEventListener('click', correct)
  text.append(`${didYouMean(suggestion)} `, button)
  return text
}

function letPasswordBeSeen(form: HTMLFormElement) {
  const button = form.querySelector<HTMLButtonElement>('[data-password-peek]')
  const password = form.querySelector<HTMLInputElement>('input[name=password]')
  if (!button || !password) return
  button.hidden = false
  const show = (isShown: boolean) => {
    password.type = isShown ? 'text' : 'password'
    button.textContent = isShown ? 'Ocultar' : 'Ver'
    button.setAttribute('aria-label', isShown ? 'Ocultar la contraseña' : 'Ver la contraseña')
    button.setAttribute('aria-pressed', String(isShown))
  }
  button.addEventListener('click', () => show(password.type === 'password'))
  // A browser remembers only what was sent as a password, and a shared screen should not keep it in sight.
  form.addEventListener('submit', () => show(false))
}

/** The review is sent at each change: its buttons are only for whoever has no script. */
export function watchReview() {
  if ('htmx' in window) document.documentElement.classList.add('has-htmx')
  let isChoosing = false
  document.addEventListener('htmx:before:swap', () => {
    isChoosing = details()?.open ?? false
  })
  document.addEventListener('htmx:after:swap', () => {
    const unfolded = details()
    if (unfolded && isChoosing) unfolded.open = true
    followServer()
  })
}

const details = () => document.querySelector<HTMLDetailsElement>('details#columnas')

/** A morph writes attributes; what a hand has changed once shows its own state until it is told. */
function followServer() {
  for (const option of document.querySelectorAll<HTMLOptionElement>('#import option')) {
    if (option.selected !== option.defaultSelected) option.selected = option.defaultSelected
  }
  for (const radio of document.querySelectorAll<HTMLInputElement>('#import input[type="radio"]')) {
    radio.checked = radio.defaultChecked
  }
}

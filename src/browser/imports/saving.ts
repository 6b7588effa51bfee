/** The line is gone, the saving is not: what is said must not be that nothing was saved. */
export function watchSaving() {
  const flash = document.getElementById('flash')
  if (!flash || !document.getElementById('saving')) return
  document.addEventListener('htmx:error', () => {
    flash.textContent = 'Sin conexión. Tu carga se sigue guardando.'
  })
  document.addEventListener('htmx:after:swap', () => {
    flash.textContent = ''
  })
}

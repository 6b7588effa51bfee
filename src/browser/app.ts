/**
 * The little that every signed-in page runs: what htmx cannot say by itself when the line is gone.
 * Pages work without this file.
 */
document.addEventListener('htmx:error', () => {
  const flash = document.getElementById('flash')
  if (flash) flash.textContent = 'Sin conexión. No se guardó; vuelve a intentar.'
})

/** What only the owner does with the account. */
export function OwnerLinks() {
  return (
    <nav class="account-links" aria-label="Tu cuenta">
      <a href="/plan">Tu plan y tus pagos</a>
      <a href="/cuenta/soporte">Dejar que soporte mire tu negocio</a>
      <a href="/cuenta/datos">Descargar todo</a>
      <a href="/cuenta/cierre">Cerrar mi cuenta</a>
    </nav>
  )
}

/** The page that paying leads back to, as it travels through the addresses: «/» goes unsaid. */
export const backOf = (path: string): string | undefined => (path === '/' ? undefined : path)

/** What the way back is called: to the till she goes for the order that she left there. */
export const backLabel = (volver: string | undefined) =>
  volver && /^\/pos(\?|$)/.test(volver)
    ? 'Volver a mi pedido'
    : volver
      ? 'Volver a donde estabas'
      : 'Ir al inicio'

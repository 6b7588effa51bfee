/** Every act that the record knows, and how it is told in a list. At most 24 letters each. */
export const actNames = {
  anular: 'Anulación',
  devolver: 'Devolución',
  descuento: 'Descuento',
  precio: 'Cambio de precio',
  'monto-libre': 'Monto libre',
  cajon: 'Abrir cajón',
  reimprimir: 'Reimpresión',
  'corregir-medio': 'Medio de pago corregido',
  'documento-externo': 'Boleta o factura anotada',
  'ticket-cerrado': 'Enlace del ticket cerrado',
  gasto: 'Gasto',
  ingreso: 'Ingreso',
  retiro: 'Retiro',
  'anular-movimiento': 'Movimiento anulado',
  'corregir-sencillo': 'Sencillo corregido',
  cerrar: 'Cierre de caja',
  'cerrar-sin-equipos': 'Cierre sin un equipo',
  'aceptar-diferencia': 'Diferencia aceptada',
  reconteo: 'Volver a contar',
  'venta-tardia': 'Venta tardía',
  agotado: 'Agotado por hoy',
  permiso: 'Permiso dado',
  'pin-incorrecto': 'PIN incorrecto',
  'pin-bloqueado': 'PIN bloqueado',
  equipo: 'Equipo hecho caja',
  'equipo-revocado': 'Equipo revocado',
  permisos: 'Permisos cambiados',
  persona: 'Persona cambiada',
} as const satisfies Record<string, string>
export type Act = keyof typeof actNames

export const isAct = (text: string): text is Act => Object.hasOwn(actNames, text)

/** What takes money or hides it: the leak report sums these for each person. */
export const leakActs = [
  'anular',
  'devolver',
  'descuento',
  'precio',
  'cajon',
  'reimprimir',
  'corregir-medio',
  'gasto',
  'retiro',
  'anular-movimiento',
  'pin-incorrecto',
] as const satisfies readonly Act[]
export type LeakAct = (typeof leakActs)[number]

import type { ExtendProblem, StateProblem } from '#src/tenants/actions.ts'
import type { PlanProblem } from '#src/tenants/plan-change/actions.ts'
import type { State } from './business.ts'

export const stateNames: Record<State, string> = {
  prueba: 'Prueba',
  'ultimos-dias': 'Últimos días',
  'prueba-terminada': 'Prueba terminada',
  'por-confirmar': 'Pago por confirmar',
  'al-dia': 'Al día',
  vencido: 'Vencido',
  bloqueado: 'Bloqueado',
  'en-pausa': 'En pausa',
  cerrado: 'Cerrado por su dueño',
  borrado: 'Borrado',
}

/** What `tenants.flags` says; an unknown word is shown as it is. */
export const flagNames: Record<string, string> = {
  disposable: 'Correo desechable',
  'third-trial': 'Tercera prueba',
}

export const reasonTexts = {
  missing: 'Escribe el motivo: queda en el historial.',
  tooLong: 'Usa hasta 300 letras.',
}

export const extendTexts: Record<ExtendProblem, string> = {
  gone: 'Ese negocio ya no está.',
  changed: 'Cambió mientras mirabas esta página. Revisa hasta cuándo puede vender y vuelve a intentar.',
  paused: 'Está en pausa o cerrado: los días no cambian nada hasta que vuelva.',
}

export const stateTexts: Record<StateProblem, string> = {
  gone: 'Ese negocio ya no está.',
}

export const planTexts: Record<PlanProblem, string> = {
  gone: 'Ese negocio ya no está.',
  same: 'No cambiaste nada: elige otro plan u otro día.',
  changed: 'Su plan cambió mientras mirabas esta página. Revisa y vuelve a intentar.',
  'no-plan': 'Ese plan ya no se ofrece. Elige otro.',
  'needs-date': 'Todavía no ha pagado: escribe hasta qué día queda pagado.',
  'not-ahead': 'Elige un día desde hoy y de aquí a dos años como máximo.',
  'renews-itself': 'Se cobra solo por Mercado Pago: el cambio lo hace su dueño en su página de plan.',
}

export const fieldTexts = {
  days: 'Elige cuántos días.',
  plan: 'Elige un plan.',
  date: 'Escribe un día, por ejemplo 2026-12-31.',
}

/** What the audit log calls it, for whoever reads the history. */
export const actNames: Record<string, string> = {
  'tenant.extended': 'Más días',
  'tenant.extension-taken': 'Tomó sus 3 días más',
  'tenant.suspended': 'En pausa',
  'tenant.reactivated': 'Reactivado',
  'tenant.reopened': 'Reabierto',
  'tenant.plan': 'Cambio de plan',
  'tenant.closed': 'Cerrado por su dueño',
  'tenant.deleted': 'Borrado',
  'tenant.restored': 'Restaurado desde una copia',
  'tenant.restored-as-new': 'Restaurado como otro negocio',
  'tenant.restore-undone': 'Restauración deshecha',
  'tenant.kept-dropped': 'Base anterior borrada',
  'tenant.moved': 'Mudado de servidor',
  'tenant.account-renewed': 'Acceso a su base renovado',
  'payment.confirmed': 'Pago confirmado',
  'payment.refused': 'Pago rechazado',
  'payment.refunded': 'Pago devuelto',
  'payment.charged_back': 'Contracargo',
  'payment.mismatch': 'Pago de Mercado Pago que no coincide: revísalo allí',
  'payment.invoiced': 'Comprobante anotado',
  'subscription.stopped': 'Mercado Pago ya no le cobra',
  'subscription.still-charges': 'Devuelto, y Mercado Pago le sigue cobrando: pregúntale',
  'subscription.cancelled': 'Canceló su renovación',
  'subscription.resumed': 'Volvió a su renovación',
  'export.asked': 'Pidió descargar todo',
  'export.commanded': 'Descarga hecha desde el servidor',
  'export.fetched': 'Descargó todo',
  'support.granted': 'Permiso de soporte',
  'support.entered': 'Entró soporte',
  'support.left': 'Salió soporte',
  'support.ended': 'Terminó soporte',
}

/** After a press, by the word in the address. */
export const doneTexts: Record<string, string> = {
  dias: 'Listo: tiene más días.',
  pausa: 'Listo: está en pausa. Desde ahora no abre caja.',
  reactivacion: 'Listo: ya no está en pausa.',
  reapertura: 'Listo: su cuenta está abierta otra vez.',
  plan: 'Listo: su plan cambió.',
}

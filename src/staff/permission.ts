import type { StaffRole } from './staff.ts'

/**
 * What not everybody may at a counter. `corregir-medio` is after the ten minutes that a cashier has for her own
 * mistake; `cerrar-sin-equipos` leaves out a device that has sales waiting; `aceptar-diferencia` is above the tolerance.
 */
export const permissions = [
  'descuento',
  'precio',
  'monto-libre',
  'agotado',
  'anular',
  'devolver',
  'corregir-medio',
  'cajon',
  'gasto',
  'ingreso',
  'retiro',
  'corregir-sencillo',
  'cerrar',
  'cerrar-sin-equipos',
  'aceptar-diferencia',
  'reportes',
] as const
export type Permission = (typeof permissions)[number]

/** The roles whose column the owner may change: she herself may all, and an accountant only reads. */
export const changeableRoles = ['encargado', 'cajera', 'mozo'] as const
export type ChangeableRole = (typeof changeableRoles)[number]

/** Only where it differs from what SmartKet proposes: `{"cajera":{"anular":true}}`. */
export type Overrides = Partial<Record<ChangeableRole, Partial<Record<Permission, boolean>>>>

const proposed: Record<StaffRole, ReadonlySet<Permission>> = {
  dueno: new Set(permissions),
  encargado: new Set(permissions),
  cajera: new Set<Permission>(['monto-libre', 'agotado', 'gasto', 'ingreso', 'cerrar']),
  mozo: new Set<Permission>(['agotado']),
  contador: new Set<Permission>(['reportes']),
}

/** Everything that a role may. `overridesJson` is `business.permissions`; what it cannot mean is passed over. */
export function permissionsOf(role: StaffRole, overridesJson: string | null): ReadonlySet<Permission> {
  if (!isChangeable(role)) return proposed[role]
  const own = readOverrides(overridesJson)[role]
  return new Set(permissions.filter((permission) => own?.[permission] ?? proposed[role].has(permission)))
}

export const may = (role: StaffRole, permission: Permission, overridesJson: string | null): boolean =>
  permissionsOf(role, overridesJson).has(permission)

/** The owner's whole table as what differs from the proposal; null: nothing does. */
export function toOverrides(table: Record<ChangeableRole, ReadonlySet<Permission>>): string | null {
  const overrides: Overrides = {}
  for (const role of changeableRoles) {
    const changed = permissions.filter((one) => table[role].has(one) !== proposed[role].has(one))
    if (changed.length === 0) continue
    overrides[role] = Object.fromEntries(changed.map((one) => [one, table[role].has(one)]))
  }
  return Object.keys(overrides).length === 0 ? null : JSON.stringify(overrides)
}

export const isPermission = (text: string): text is Permission =>
  (permissions as readonly string[]).includes(text)

const isChangeable = (role: StaffRole): role is ChangeableRole =>
  (changeableRoles as readonly StaffRole[]).includes(role)

function readOverrides(json: string | null): Overrides {
  if (json === null) return {}
  try {
    const read: unknown = JSON.parse(json)
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(
      changeableRoles.map((role) => [role, booleansOf((read as Record<string, unknown>)[role])]),
    )
  } catch {
    return {}
  }
}

function booleansOf(row: unknown): Partial<Record<Permission, boolean>> {
  if (typeof row !== 'object' || row === null) return {}
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => isPermission(name) && typeof value === 'boolean'),
  )
}

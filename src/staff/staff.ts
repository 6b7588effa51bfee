export type StaffRole = 'dueno' | 'encargado' | 'cajera' | 'mozo' | 'contador'
export type StaffMember = { id: number; name: string; role: StaffRole; hasPin: boolean }

export const roleNames: Record<StaffRole, string> = {
  dueno: 'Dueño',
  encargado: 'Encargado',
  cajera: 'Caja',
  mozo: 'Mozo',
  contador: 'Contador',
}

export const nameLimit = 80

export type PinProblem = 'pin-shape' | 'pin-trivial'

/** A PIN is 4 to 6 digits, and none that a colleague would try first. */
export function pinProblem(pin: string): PinProblem | null {
  if (!/^\d{4,6}$/.test(pin)) return 'pin-shape'
  return isTrivial(pin) ? 'pin-trivial' : null
}

/** All equal (1111), counting up or down (1234, 9876), a piece repeated (1212, 123123), a keypad's column. */
function isTrivial(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]))
  const isRun = steps.every((step) => step === steps[0]) && Math.abs(steps[0]!) <= 1
  return isRun || /^(\d{1,3})\1+$/.test(pin) || ['1122', '2580', '0852'].includes(pin)
}

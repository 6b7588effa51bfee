import { resumePath, stepsBeforeSelling } from './onboarding.ts'

/** Where `/` and the till must lead before a register exists; null when nothing stands in the way. */
export const setupGuard = (setupStep: number): string | null =>
  setupStep < stepsBeforeSelling ? resumePath(setupStep) : null

/** Peru's tax number: 11 digits, the last one a check digit (PERU.md, section 1). */

export type RucProblem = 'length' | 'prefix' | 'check-digit' | 'not-digits'

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
const prefix = /^(10|15|16|17|20)/

/** Without the spaces, hyphens and dots that people copy along with it. */
export function normalizeRuc(text: string): string {
  return text.replace(/[\s\u200b-\u200f\u2060\ufeff.\u2010-\u2015−-]/g, '')
}

/** What is wrong with what was typed, or null. Says nothing about whether SUNAT knows it. */
export function rucProblem(text: string): RucProblem | null {
  const ruc = normalizeRuc(text)
  if (/[^0-9]/.test(ruc)) return 'not-digits'
  if (ruc.length !== 11) return 'length'
  if (!prefix.test(ruc)) return 'prefix'
  return checkDigit(ruc) === Number(ruc[10]) ? null : 'check-digit'
}

/** The digit that belongs after these ten (an eleventh is not looked at). */
export function checkDigit(ruc: string): number {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(ruc[i]), 0)
  return (11 - (sum % 11)) % 10
}

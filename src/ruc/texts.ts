import { normalizeRuc, type RucProblem } from '#src/ruc/ruc.ts'

/** The sentence under the field. `typed` is what stands in it. */
export function rucProblemText(problem: RucProblem, typed: string): string {
  return sentences[problem](normalizeRuc(typed).length)
}

const sentences: Record<RucProblem, (digits: number) => string> = {
  length: (digits) =>
    digits === 0 ? 'Escribe los 11 números de tu RUC.' : `El RUC tiene 11 números; escribiste ${digits}.`,
  prefix: () => 'Debe empezar con 10, 15, 16, 17 o 20.',
  'check-digit': () => 'Ese RUC no es válido: revisa los números.',
  'not-digits': () => 'El RUC tiene solo números: quita las letras.',
}

/** Why `smartket padron import` did not replace the register. */
export type PadronProblem =
  | 'unreadable'
  | 'not-a-padron'
  | 'no-rows'
  | 'broken-rows'
  | 'fewer-rows'
  | 'already-running'
  | 'stopped'

/** For the operator, on the command line: what happened, and that nothing was lost. */
export function padronProblemText(problem: PadronProblem, detail: string): string {
  return `${importSentences[problem](detail)} The register in use was left as it is.`
}

const importSentences: Record<PadronProblem, (detail: string) => string> = {
  unreadable: (detail) => `The file cannot be used: ${detail}. Download it again.`,
  'not-a-padron': () =>
    'This is not SUNAT\'s "padrón reducido": its first line does not name the columns RUC, NOMBRE…, ESTADO….',
  'no-rows': () => 'The file has a header and no rows.',
  'broken-rows': (detail) =>
    `${detail} lines of the file are no rows of a padrón. Download it again, or use --force.`,
  'fewer-rows': (detail) =>
    `The file has less than half of the rows of the register in use (${detail}). Download it again, or use --force.`,
  'already-running': () => 'Another import is running.',
  stopped: () => 'The import was stopped.',
}

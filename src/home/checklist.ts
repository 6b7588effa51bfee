export type Progress = {
  products: number
  /** Someone besides the owner. */
  colleagues: number
  firstPracticeSaleAt: Date | null
  firstPrintAt: Date | null
  salesMade: number
}
/** What the owner typed so far, to be seen together once: each with the page that corrects it. */
export type Setup = {
  businessName: string
  /** null: sells without one. */
  ruc: string | null
  branch: string
  register: string
  series: string
  products: number
}

export type Step = { id: 'producto' | 'prueba' | 'ticket' | 'cajero'; done: boolean }

/**
 * The first-sale checklist: it ticks itself from what is in the business, never by hand. Practice and print
 * stay ticked after the practice sales are wiped; who sold for real needs no practice.
 */
export function checklist(progress: Progress): Step[] {
  return [
    { id: 'producto', done: progress.products > 0 },
    { id: 'prueba', done: progress.firstPracticeSaleAt !== null || progress.salesMade > 0 },
    { id: 'ticket', done: progress.firstPrintAt !== null },
    { id: 'cajero', done: progress.colleagues > 0 },
  ]
}

export const isReady = (steps: readonly Step[]) => steps.every((step) => step.done)

/** «Primera vez»: until the checklist is whole and something was sold for real. */
export const isFirstTime = (steps: readonly Step[], salesMade: number) => !isReady(steps) || salesMade === 0

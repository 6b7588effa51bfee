import type { SqlCell, Table } from '../contents/table.ts'
import type { TicketSource } from '../tickets/queries.ts'

/** What the worker is told once. */
export type Task = {
  /** Where the zip grows, and a folder for what has to be whole before it goes in. Both are there already. */
  file: string
  workFolder: string
  businessName: string
  uid: string
  takenAt: Date
  version: string
  ticketCss: string
}

/** One step; the next is sent when it is answered, so that little of the export is in memory at a time. */
export type ToWorker =
  | { kind: 'tickets'; tickets: TicketSource[] }
  | { kind: 'table'; table: Table }
  | { kind: 'rows'; rows: SqlCell[][] }
  | { kind: 'end' }

export type FromWorker = { done: false } | { done: true; bytes: number }

import { addBusinessDays } from '#src/complaints/business-days.ts'
import { limaDate } from '#src/lib/lima.ts'
import { rucProblem } from '#src/ruc/ruc.ts'

// The Libro de Reclamaciones of SmartKet itself (D.S. 011-2011-PCM, D.S. 101-2022-PCM; PERU.md, section 5).

export type ComplaintKind = 'reclamo' | 'queja'
export type DocumentType = 'DNI' | 'CE' | 'PASAPORTE' | 'RUC'
export type ComplaintItem = 'producto' | 'servicio'

/** What the consumer writes. */
export type ComplaintContent = {
  kind: ComplaintKind
  consumerName: string
  consumerAddress: string
  documentType: DocumentType
  documentNumber: string
  /** '': none was given. */
  phone: string
  email: string
  /** Father, mother or guardian of a minor. */
  guardianName: string | null
  item: ComplaintItem
  itemDescription: string
  amountCentimos: number | null
  detail: string
  request: string
}

/** A sheet of the book, as it was received. */
export type Complaint = ComplaintContent & {
  id: number
  year: number
  number: number
  requestKey: string
  receivedAt: Date
  /** Lima's day. */
  answerBy: string
  provider: string
}

export type ComplaintAnswer = { answeredAt: Date; answer: string }

export const answerBusinessDays = 15

/** The last day for the answer: the term begins on the day after the complaint. */
export const answerDay = (receivedAt: Date) => addBusinessDays(limaDate(receivedAt), answerBusinessDays)

/** `2026-000001` */
export const sheetNumber = ({ year, number }: { year: number; number: number }) =>
  `${year}-${String(number).padStart(6, '0')}`

/** Who sells the service, as every sheet must say it. */
export const providerText = (company: { legalName: string; ruc: string; address: string | null } | null) =>
  company
    ? [company.legalName, `RUC ${company.ruc}`, company.address].filter(Boolean).join(' · ')
    : 'SmartKet'

export const kindName: Record<ComplaintKind, string> = { reclamo: 'Reclamo', queja: 'Queja' }
export const itemName: Record<ComplaintItem, string> = { producto: 'Producto', servicio: 'Servicio' }
export const documentName: Record<DocumentType, string> = {
  DNI: 'DNI',
  CE: 'Carné de extranjería',
  PASAPORTE: 'Pasaporte',
  RUC: 'RUC',
}

/** Could a document of this type have this number? */
export function isDocumentNumber(type: DocumentType, number: string): boolean {
  if (type === 'DNI') return /^\d{8}$/.test(number)
  if (type === 'RUC') return rucProblem(number) === null
  return /^[A-Z0-9]{6,15}$/.test(number)
}

const contentFields = [
  'kind',
  'consumerName',
  'consumerAddress',
  'documentType',
  'documentNumber',
  'phone',
  'email',
  'guardianName',
  'item',
  'itemDescription',
  'amountCentimos',
  'detail',
  'request',
] as const satisfies readonly (keyof ComplaintContent)[]

/** Is it the same form again, or another one under the same key? */
export const hasSameContent = (one: ComplaintContent, other: ComplaintContent) =>
  contentFields.every((field) => one[field] === other[field])

/** How often one address or one e-mail may write: far above what a person needs, far below a flood. */
export const complaintLimits = {
  byAddress: { bucket: 'complaint-address', max: 20, windowSeconds: 3600 },
  byEmail: { bucket: 'complaint-email', max: 5, windowSeconds: 86_400 },
} as const

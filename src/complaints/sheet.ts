import { type Complaint, documentName, itemName, kindName, sheetNumber } from '#src/complaints/complaint.ts'
import { formatPaperDate } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'

export type SheetPart = { title: string; rows: { name: string; value: string }[] }

/** The sheet in the order of the decree's annex I: the same on the screen, on paper and in the mail. */
export function sheetParts(complaint: Complaint): SheetPart[] {
  const { consumerName, consumerAddress, phone, email, guardianName } = complaint
  return [
    {
      title: `Hoja de Reclamación N.º ${sheetNumber(complaint)}`,
      rows: [
        { name: 'Fecha', value: formatPaperDate(complaint.receivedAt) },
        { name: 'Proveedor', value: complaint.provider },
      ],
    },
    {
      title: '1. Quien reclama',
      rows: [
        { name: 'Nombre', value: consumerName },
        { name: documentName[complaint.documentType], value: complaint.documentNumber },
        { name: 'Domicilio', value: consumerAddress },
        ...(phone ? [{ name: 'Teléfono', value: phone }] : []),
        { name: 'Correo', value: email },
        ...(guardianName ? [{ name: 'Padre, madre o tutor', value: guardianName }] : []),
      ],
    },
    {
      title: '2. El bien contratado',
      rows: [
        { name: 'Tipo', value: itemName[complaint.item] },
        ...(complaint.amountCentimos === null
          ? []
          : [{ name: 'Monto reclamado', value: formatSoles(complaint.amountCentimos) }]),
        { name: 'Descripción', value: complaint.itemDescription },
      ],
    },
    {
      title: '3. La reclamación',
      rows: [
        { name: 'Tipo', value: kindName[complaint.kind] },
        { name: 'Detalle', value: complaint.detail },
        { name: 'Pedido', value: complaint.request },
      ],
    },
  ]
}

/** What the decree wants below every sheet. */
export const answerText =
  'La formulación del reclamo no impide acudir a otras vías de solución de controversias ni es requisito previo para interponer una denuncia ante el INDECOPI. El proveedor debe dar respuesta al reclamo o queja en un plazo no mayor a quince (15) días hábiles, el cual es improrrogable.'

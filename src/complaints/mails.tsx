import type { Mail } from '#src/accounts/mailer.ts'
import { type Complaint, type ComplaintAnswer, kindName, sheetNumber } from '#src/complaints/complaint.ts'
import { answerText, sheetParts } from '#src/complaints/sheet.ts'
import { formatLongDate, formatPaperDate } from '#src/lib/lima.ts'

/** The consumer's copy: the whole sheet, so that it is hers whatever becomes of our page. */
export function copyMail(complaint: Complaint, link: string): Mail {
  return letter(complaint, {
    subject: `Libro de Reclamaciones: tu ${kindName[complaint.kind].toLowerCase()} N.º ${sheetNumber(complaint)}`,
    paragraphs: [
      `Hola, ${complaint.consumerName}:`,
      `Esta es tu copia de la hoja N.º ${sheetNumber(complaint)} del Libro de Reclamaciones, recibida el ${formatPaperDate(complaint.receivedAt)}. Te respondemos a este correo a más tardar el ${formatLongDate(complaint.answerBy)}.`,
    ],
    link,
  })
}

export function answerMail(complaint: Complaint, given: ComplaintAnswer | null, link: string): Mail {
  if (!given) throw new Error(`complaint ${complaint.id} has no answer`)
  return letter(complaint, {
    subject: `Respuesta a tu hoja N.º ${sheetNumber(complaint)}`,
    paragraphs: [
      `Hola, ${complaint.consumerName}:`,
      `Esta es nuestra respuesta del ${formatPaperDate(given.answeredAt)} a tu hoja N.º ${sheetNumber(complaint)} del Libro de Reclamaciones.`,
      given.answer,
      'Si no estás de acuerdo, puedes acudir al INDECOPI.',
    ],
    link,
  })
}

/** To the operator: without what the consumer wrote, which is read in the console. */
export function newsMail(to: string, complaint: Complaint, link: string): Mail {
  const number = sheetNumber(complaint)
  const subject = `${kindName[complaint.kind]} N.º ${number}: responder hasta el ${formatLongDate(complaint.answerBy)}`
  const text = `Llegó una hoja al Libro de Reclamaciones: N.º ${number}.\n\nResponde hasta el ${formatLongDate(complaint.answerBy)}:\n${link}`
  const html = `<!doctype html>${(
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body>
        <p>Llegó una hoja al Libro de Reclamaciones: N.º {number}.</p>
        <p>
          Responde hasta el {formatLongDate(complaint.answerBy)}: <a href={link}>{link}</a>
        </p>
      </body>
    </html>
  )}`
  return { kind: 'complaint', to, subject, text, html }
}

type Letter = { subject: string; paragraphs: string[]; link: string }

function letter(complaint: Complaint, { subject, paragraphs, link }: Letter): Mail {
  const parts = sheetParts(complaint)
  const sheet = parts.map(({ title, rows }) =>
    [title.toUpperCase(), ...rows.map(({ name, value }) => `${name}: ${value}`)].join('\n'),
  )
  const end = `También puedes verla e imprimirla aquí:\n${link}`
  const text = [...paragraphs, ...sheet, answerText, end, 'SmartKet'].join('\n\n')
  const html = `<!doctype html>${<Html subject={subject} paragraphs={paragraphs} parts={parts} link={link} />}`
  return { kind: 'complaint', to: complaint.email, subject, text, html }
}

/** Mail readers know no stylesheets: the few styles stand on the elements. */
function Html({ subject, paragraphs, parts, link }: Letter & { parts: ReturnType<typeof sheetParts> }) {
  return (
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body style="margin:0;padding:24px;background:#FBF5EA;color:#241C15;font:16px/1.5 Arial,sans-serif">
        <div style="max-width:560px;margin:0 auto;padding:24px;background:#FFFFFF;border:1px solid #DCCFB8;border-radius:12px">
          {paragraphs.map((paragraph) => (
            <p style="white-space:pre-line">{paragraph}</p>
          ))}
          {parts.map(({ title, rows }) => (
            <>
              <h2 style="margin:24px 0 8px;font-size:18px">{title}</h2>
              {rows.map(({ name, value }) => (
                <p style="margin:0 0 8px;white-space:pre-line">
                  <strong>{name}:</strong> {value}
                </p>
              ))}
            </>
          ))}
          <p style="font-size:14px;color:#5E5244">{answerText}</p>
          <p style="font-size:14px;color:#5E5244">
            También puedes verla e imprimirla aquí: <a href={link}>{link}</a>
          </p>
        </div>
      </body>
    </html>
  )
}

import { type TrialOffer, trialText } from '#src/landing/offer.ts'

type Question = { asked: string; answer: string }

/** `waysToPay`: what is taken here; null where an owner has to write to us. */
type QuestionsProps = { trial: TrialOffer; waysToPay: string | null }

const questions = ({ trial, waysToPay }: QuestionsProps): Question[] => [
  {
    asked: '¿Emite boletas y facturas electrónicas?',
    answer:
      'Todavía no. Imprime una nota de venta, que no es comprobante de pago. Tus boletas y facturas las emites como hoy, en SUNAT o con tu proveedor.',
  },
  { asked: '¿Y si no tengo RUC?', answer: 'Puedes empezar sin RUC y agregarlo después.' },
  {
    asked: '¿Qué necesito?',
    answer: 'Una computadora o un celular con internet. La impresora de tickets (80 o 58 mm) es opcional.',
  },
  {
    asked: '¿Qué pasa cuando termina la prueba?',
    answer: `${trialText(trial)} Después eliges un plan para seguir vendiendo; tus datos quedan ahí y los puedes descargar.`,
  },
  {
    asked: '¿Tengo que firmar contrato?',
    answer: waysToPay ? `No. Pagas por mes con ${waysToPay}, y paras cuando quieras.` : 'No.',
  },
]

export function Questions(props: QuestionsProps) {
  return (
    <section class="section is-questions" id="preguntas" aria-labelledby="preguntas-titulo">
      <h2 id="preguntas-titulo">Preguntas</h2>
      <div class="questions">
        {questions(props).map(({ asked, answer }, index) => (
          <details open={index === 0}>
            <summary>{asked}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
    </section>
  )
}

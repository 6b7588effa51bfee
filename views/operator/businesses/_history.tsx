import { formatMoment } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import type { HistoryRow, PaymentLine } from '#src/operator/businesses/history/queries.ts'
import { actName, detailText } from '#src/operator/businesses/history.ts'
import { methodNames, statusNames } from '#src/operator/payments-queue/texts.ts'

/** Who did what and why, the newest first. */
export function History({ history, now }: { history: readonly HistoryRow[]; now: Date }) {
  return (
    <section class="card stack" aria-labelledby="historial">
      <h2 id="historial">Historial</h2>
      {history.length === 0 ? (
        <p class="soft">Nadie ha hecho nada todavía.</p>
      ) : (
        <ul class="console-rows is-plain">
          {history.map((row) => (
            <li class="console-row">
              <span class="console-row-text">
                <strong>{[actName(row.act), detailText(row)].filter(Boolean).join(': ')}</strong>
                {row.reason && <span>«{row.reason}»</span>}
                <span class="hint">
                  {row.operator ?? row.user ?? 'SmartKet'} · {formatMoment(row.at, now)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function Payments({ payments, now }: { payments: readonly PaymentLine[]; now: Date }) {
  if (payments.length === 0) return null
  return (
    <section class="card stack" aria-labelledby="pagos-suyos">
      <h2 id="pagos-suyos">Pagos</h2>
      <ul class="console-rows is-plain">
        {payments.map((payment) => (
          <li class="console-row">
            <span class="console-row-text">
              <a href={`/pagos/${payment.id}`}>
                {formatSoles(payment.amountCentimos)} por {methodNames[payment.method]}
              </a>
              <span class="hint">
                {payment.planName}, {payment.period === 'year' ? 'un año' : 'un mes'} ·{' '}
                {formatMoment(payment.createdAt, now)}
              </span>
            </span>
            <span>{statusNames[payment.status]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

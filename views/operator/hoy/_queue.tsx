import { whatsappLink } from '#src/operator/hoy/messages.ts'
import type { Queue } from '#src/operator/hoy/queues.ts'
import { hoyTexts, queueHints, queueNames, waitsLockedHint } from '#src/operator/hoy/texts.ts'
import type { Mark, Waiting } from '#src/operator/hoy/waiting.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'
import { Icon } from '#views/components/icon.tsx'

/** So many are shown at once; the rest is one press away. */
const shown = 20

type QueueProps = { queue: Queue; rows: readonly Waiting[]; isWhole: boolean }

export function QueueSection({ queue, rows, isWhole }: QueueProps) {
  const visible = isWhole ? rows : rows.slice(0, shown)
  return (
    <section class="stack-8 queue" id={queue} aria-labelledby={`${queue}-titulo`}>
      <h2 id={`${queue}-titulo`}>
        {queueNames[queue]} <span class="queue-count">{rows.length}</span>
      </h2>
      <p class="hint">{hintOf(queue, rows)}</p>
      {visible.length > 0 && (
        <ul class="console-rows">
          {visible.map((row) => (
            <WaitingRow {...row} />
          ))}
        </ul>
      )}
      {visible.length < rows.length && (
        <p>
          <a href={`/?cola=${queue}#${queue}`}>Ver los {rows.length}</a>
        </p>
      )}
    </section>
  )
}

function hintOf(queue: Queue, rows: readonly Waiting[]): string {
  if (rows.length === 0) return 'Nadie en esta cola.'
  const locked = rows.filter(({ isLocked }) => isLocked).length
  return locked > 0 ? waitsLockedHint(locked) : queueHints[queue]
}

function WaitingRow({ queue, about, business, payment, detail, isLocked, message }: Waiting) {
  const { whatsapp } = business.stats
  return (
    <li class="console-row">
      <span class="console-row-text">
        <a href={`/negocios/${business.id}`}>
          <strong>{business.name}</strong>
        </a>
        {isLocked && <Chip kind="danger">{hoyTexts.waitsLocked}</Chip>}
        <span class="hint">
          {detail}
          {!whatsapp && ` · ${hoyTexts.noContact}`}
        </span>
      </span>
      <span class="console-row-actions">
        {payment && <ButtonLink href={`/pagos/${payment.id}`}>Revisar</ButtonLink>}
        {whatsapp && message && (
          <ButtonLink
            href={whatsappLink(whatsapp, message)}
            target="_blank"
            rel="noopener noreferrer"
            title={message}
            aria-label={`WhatsApp a ${business.name}`}
          >
            <Icon name="message-circle" />
            WhatsApp
          </ButtonLink>
        )}
        <form method="post" action="/hoy/hechos">
          <MarkFields tenantId={business.id} queue={queue} about={about} />
          <Button aria-label={`Hecho: ${business.name}`}>Hecho</Button>
        </form>
      </span>
    </li>
  )
}

export function MarkFields({ tenantId, queue, about }: Mark) {
  return (
    <>
      <input type="hidden" name="negocio" value={String(tenantId)} />
      <input type="hidden" name="cola" value={queue} />
      <input type="hidden" name="motivo" value={about} />
    </>
  )
}

import { formatScreenDate } from '#src/lib/lima.ts'
import { count } from '#src/lib/text.ts'

export type FailureShown = {
  job: string
  dueAt: Date
  tenantId: number
  businessName: string | null
  attempts: number
  error: string
}

export function Failures({ failures }: { failures: readonly FailureShown[] }) {
  return (
    <section class="stack" aria-labelledby="fallas">
      <h2 id="fallas">Fallas de los últimos 7 días</h2>
      {failures.length === 0 ? (
        <p>Ninguna.</p>
      ) : (
        <ul class="job-failures">
          {failures.map((failure) => (
            <Failure {...failure} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Failure({ job, dueAt, tenantId, businessName, attempts, error }: FailureShown) {
  return (
    <li>
      <p>
        <strong>{job}</strong>
        {tenantId > 0 && (
          <>
            {' · '}
            <a href={`/negocios/${tenantId}`}>{businessName || `Negocio ${tenantId}`}</a>
          </>
        )}
      </p>
      <p class="hint">
        {formatScreenDate(dueAt)} · {count(attempts, 'intento', 'intentos')}
      </p>
      <code>{error}</code>
    </li>
  )
}

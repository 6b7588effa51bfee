import { formatScreenDate } from '#src/lib/lima.ts'
import { durationText, type LastRun, runText } from '#src/operator/jobs-page/job-run.ts'
import { Chip } from '#views/components/chip.tsx'
import { OperatorLayout } from '../layout.tsx'

type JobPageProps = {
  operator: { name: string }
  job: { name: string; cron: string }
  runs: readonly LastRun[]
}

/** What one job did, each time it ran. */
export function JobPage({ operator, job, runs }: JobPageProps) {
  return (
    <OperatorLayout title={job.name} operator={operator} current="tareas">
      <div class="stack">
        <p>
          <a href="/tareas">← Tareas</a>
        </p>
        <h1>{job.name}</h1>
        <p class="hint">
          Horario (cron, Lima): <code>{job.cron}</code>
        </p>
      </div>
      {runs.length === 0 ? (
        <p>Todavía no corrió.</p>
      ) : (
        <ul class="job-failures">
          {runs.map((run) => (
            <Run {...run} />
          ))}
        </ul>
      )}
    </OperatorLayout>
  )
}

function Run(run: LastRun) {
  const { dueAt, status, error, log } = run
  return (
    <li>
      <p>
        <Chip kind={status === 'failed' ? 'danger' : 'plain'}>{runText[status]}</Chip>{' '}
        <time>{formatScreenDate(dueAt)}</time> · {durationText(run)}
      </p>
      {error && <code>{error}</code>}
      {log && <pre class="job-log">{log}</pre>}
    </li>
  )
}

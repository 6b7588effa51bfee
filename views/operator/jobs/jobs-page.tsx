import { formatMoment, formatScreenDate } from '#src/lib/lima.ts'
import { durationText, type JobRow, type JobState, stateText } from '#src/operator/jobs-page/job-run.ts'
import { Chip } from '#views/components/chip.tsx'
import { OperatorLayout } from '../layout.tsx'
import { type FailureShown, Failures } from './_failures.tsx'

type JobsPageProps = {
  operator: { name: string }
  rows: readonly JobRow[]
  failures: readonly FailureShown[]
  sentence: string
  now: Date
}

const kinds: Record<JobState, 'plain' | 'green' | 'danger' | 'amber'> = {
  done: 'plain',
  running: 'amber',
  failed: 'danger',
  missed: 'danger',
  waiting: 'plain',
}

export function JobsPage({ operator, rows, failures, sentence, now }: JobsPageProps) {
  return (
    <OperatorLayout title="Tareas" operator={operator} current="tareas">
      <div class="stack">
        <h1>Tareas</h1>
        <p class="lead">{sentence}</p>
      </div>
      {failures.length > 0 && <Failures failures={failures} />}
      <div class="table-box">
        <table class="table chart-table">
          <thead>
            <tr>
              <th scope="col">Tarea</th>
              <th scope="col">Estado</th>
              <th scope="col">Última vez</th>
              <th scope="col" class="is-amount">
                Duró
              </th>
              <th scope="col">Horario (cron, Lima)</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row row={row} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      {failures.length === 0 && <Failures failures={failures} />}
    </OperatorLayout>
  )
}

function Row({ row: { name, cron, state, run }, now }: { row: JobRow; now: Date }) {
  return (
    <tr>
      <td class="is-title">
        <a href={`/tareas/${name}`}>{name}</a>
      </td>
      <td data-label="Estado">
        <Chip kind={kinds[state]}>{stateText[state]}</Chip>
      </td>
      <td data-label="Última vez">{run ? <StartTime run={run} now={now} /> : 'Nunca'}</td>
      <td class="is-amount" data-label="Duró">
        {run ? durationText(run) : '—'}
      </td>
      <td data-label="Horario">
        <code>{cron}</code>
      </td>
    </tr>
  )
}

/** When it really began; due at another time, both are told. */
function StartTime({ run, now }: { run: NonNullable<JobRow['run']>; now: Date }) {
  const startedAt = run.startedAt ?? run.dueAt
  return (
    <time title={`Le tocaba ${formatScreenDate(run.dueAt)}, empezó ${formatScreenDate(startedAt)}`}>
      {formatMoment(startedAt, now)}
    </time>
  )
}

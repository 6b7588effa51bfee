import type { Cover } from '#src/backups/covered/covered.ts'
import { isFirstTime, isReady, type Setup, type Step } from '#src/home/checklist.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '../app-layout.tsx'
import { CoverLine } from '../backups/_cover.tsx'
import { ButtonLink } from '../components/button.tsx'
import { Checklist } from './_checklist.tsx'
import { SetupCard } from './_setup.tsx'
import { Today, type TodayProps } from './_today.tsx'

type HomePageProps = {
  shell: Shell
  steps: Step[]
  salesMade: number
  hasOpenSession: boolean
  /** What she typed in the wizard, until something was sold for real. */
  setup: Setup | null
  /** null until something was sold for real: no empty figures. */
  today: TodayProps | null
  /** How her copies stand; null for who is not the owner. */
  cover: Cover | null
  now: Date
}

/** Inicio: first what is left to do until the first sale, then how the day goes. */
export function HomePage(props: HomePageProps) {
  const { shell, steps, salesMade, hasOpenSession, setup, today, cover, now } = props
  const firstTime = isFirstTime(steps, salesMade)
  const copies = cover && <CoverLine cover={cover} now={now} />
  // A warning comes first; that all is well can wait below.
  const isWarning = cover?.kind === 'uncovered'
  return (
    <AppLayout shell={shell} title="Inicio" current="inicio">
      {today ? <h1>Hola{shell.staffName && `, ${shell.staffName}`}</h1> : <Welcome steps={steps} />}
      {isWarning && copies}
      {firstTime && <Checklist steps={steps} hasOpenSession={hasOpenSession} isPrimary={!today} />}
      {setup && <SetupCard setup={setup} />}
      {today && <Today {...today} hasPrimary={!firstTime || !isReady(steps)} />}
      {!isWarning && copies}
    </AppLayout>
  )
}

function Welcome({ steps }: { steps: Step[] }) {
  return (
    <header class="welcome">
      <h1>¡Ya está todo configurado con tus datos!</h1>
      {!isReady(steps) && (
        <ButtonLink kind="primary" href="/pos?modo=practica">
          Haz tu primera venta
        </ButtonLink>
      )}
    </header>
  )
}

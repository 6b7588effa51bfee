import { isReady, type Step } from '#src/home/checklist.ts'
import { count } from '#src/lib/text.ts'
import { ButtonLink } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'

type ChecklistProps = { steps: Step[]; hasOpenSession: boolean; isPrimary: boolean }

const items: Record<Step['id'], { text: string; href: string }> = {
  producto: { text: 'Agrega un producto', href: '/configurar/productos' },
  prueba: { text: 'Haz una venta de prueba', href: '/pos?modo=practica' },
  ticket: { text: 'Imprime un ticket', href: '/pos?modo=practica' },
  cajero: { text: 'Invita a un cajero: solo su nombre y un PIN', href: '/personal' },
}

/** Ticks itself; whole, it folds into the way to the first real sale. */
export function Checklist({ steps, hasOpenSession, isPrimary }: ChecklistProps) {
  if (isReady(steps)) return <Ready hasOpenSession={hasOpenSession} />
  const done = steps.filter((step) => step.done).length
  return (
    <section class="card checklist" aria-labelledby="checklist-title">
      <h2 id="checklist-title">{isPrimary ? 'Antes de tu primera venta' : 'Te falta poco'}</h2>
      <p class="soft">
        {done} de {count(steps.length, 'paso listo', 'pasos listos')}
      </p>
      <ul class="checklist-steps">
        {steps.map((step) => (
          <li class={step.done ? 'is-done' : undefined}>
            <Icon name={step.done ? 'circle-check' : 'circle'} />
            {step.done ? (
              <span>
                {items[step.id].text}
                <span class="visually-hidden"> (listo)</span>
              </span>
            ) : (
              <a href={items[step.id].href}>{items[step.id].text}</a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Ready({ hasOpenSession }: { hasOpenSession: boolean }) {
  return (
    <section class="card checklist checklist-ready">
      <p>
        <Icon name="circle-check" /> Todo listo para vender de verdad
      </p>
      <ButtonLink kind="primary" href={hasOpenSession ? '/pos' : '/caja'}>
        {hasOpenSession ? 'Ir a la caja' : 'Abrir caja'}
      </ButtonLink>
    </section>
  )
}

import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'

type QuestionProps = {
  shell: Shell
  title: string
  /** What would happen, in a sentence. */
  text: string
  action: string
  /** What the first form said: sent again as it was. */
  fields: readonly [name: string, value: string][]
  answer: string
  isDanger?: boolean
  back: string
}

/** Before a change of many prices, and before what cannot be undone: what will happen, and one button. */
export function BulkQuestionPage({
  shell,
  title,
  text,
  action,
  fields,
  answer,
  isDanger,
  back,
}: QuestionProps) {
  return (
    <AppLayout shell={shell} title={title} current="productos" narrow>
      <h1>{title}</h1>
      <Strip kind={isDanger ? 'danger' : 'info'}>{text}</Strip>
      <form class="form" method="post" action={action}>
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="actions">
          <Button kind={isDanger ? 'danger' : 'primary'} busy="Guardando…">
            {answer}
          </Button>
          <ButtonLink href={back} kind="quiet">
            Volver
          </ButtonLink>
        </div>
      </form>
    </AppLayout>
  )
}

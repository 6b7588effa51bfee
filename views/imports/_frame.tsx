import type { Child } from 'hono/jsx'
import type { Shell } from '#src/http/shell.ts'
import type { Origin } from '#src/imports/paths.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Stepper } from '#views/components/stepper.tsx'

type FrameProps = {
  shell: Shell
  origin: Origin
  title: string
  narrow?: boolean
  /** Without script the page asks for itself again after so many seconds. */
  refreshSeconds?: number
  children?: Child
}

/** An import's page among the products, or as the wizard's last step. */
export function ImportFrame({ shell, origin, title, narrow, refreshSeconds, children }: FrameProps) {
  return (
    <AppLayout
      shell={shell}
      title={title}
      current="productos"
      narrow={narrow}
      scripts={['app.js', 'imports.js']}
      {...(refreshSeconds ? { refreshSeconds } : {})}
    >
      {origin === 'configurar' && <Stepper step={4} of={4} />}
      {children}
    </AppLayout>
  )
}

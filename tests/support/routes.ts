import { accounts } from '#src/accounts/routes.tsx'
import { operatorConsole, signedIn } from '#src/app.tsx'
import { notices } from '#src/billing/mercadopago/notices/routes.ts'
import { complaints } from '#src/complaints/routes.tsx'
import { landing } from '#src/landing/routes.tsx'
import { operatorDoor } from '#src/operator/routes.tsx'
import { supportDoor } from '#src/support/routes.tsx'

export type Door = { host: 'landing' | 'app' | 'operator'; isInside: boolean; method: string; path: string }

type Listed = { routes: readonly { method: string; path: string }[] }

const doors = (host: Door['host'], isInside: boolean, features: Listed[]): Door[] => [
  ...new Map(
    features
      .flatMap(({ routes }) => routes)
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => [`${method} ${path}`, { host, isInside, method, path }]),
  ).values(),
]

/** Every address there is, from the mount table itself: one that is added tomorrow is among them. */
export const everyDoor: readonly Door[] = [
  ...doors('landing', false, [landing, complaints]),
  ...doors('app', false, [accounts, supportDoor, notices]),
  ...doors('app', true, [signedIn()]),
  ...doors('operator', false, [operatorDoor]),
  ...doors('operator', true, [operatorConsole()]),
]

/** `/ventas/:id{[0-9]+}/ticket` with something in place of each name. */
export const filled = (path: string, value: (name: string) => string) =>
  path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_whole, name: string) => encodeURIComponent(value(name)))

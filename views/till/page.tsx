import type { Shell } from '#src/http/shell.ts'
import { markOf, toDocument } from '#src/till/catalogue.ts'
import type { Till, TillMode } from '#src/till/till.ts'
import { Document } from '#views/document.tsx'
import { ChargedPane } from './charged.tsx'
import { Closed } from './closed.tsx'
import { Create } from './create.tsx'
import { KeyMap } from './key-map.tsx'
import { MenuPane } from './menu.tsx'
import { OrderPane } from './order.tsx'
import { PaymentPane } from './payment.tsx'
import { TopBar } from './top-bar.tsx'

export type TillPageProps = {
  till: Till
  mode: TillMode
  /** The address of the catalogue in force: `<tenant>-<version>`. */
  version: string
  shell: Shell
  now: Date
  /** What is left of the trial, or of a service that was open before the lock. */
  chip: string | null
  /** Only who may change the menu is offered to. */
  isManager: boolean
  hasReadyMenu: boolean
  /** Made with the page: opening twice with it opens one turno. */
  openingKey: string
}

/** The till. Everything is in the page from the start; `src/browser/till` brings it to life and asks nobody. */
export function TillPage({
  till,
  mode,
  version,
  shell,
  now,
  chip,
  isManager,
  hasReadyMenu,
  openingKey,
}: TillPageProps) {
  const { register } = till
  const isPractice = mode === 'practica'
  const isClosed = !isPractice && !till.hasOpenCashSession
  return (
    <Document
      title={isPractice ? 'Modo práctica' : `Cobrar · ${register.name}`}
      bodyClass="till-body"
      styles={['till.css']}
      scripts={['till.js']}
      noindex
    >
      <sk-till
        class={isPractice ? 'till is-practice' : 'till'}
        data-screen="order"
        data-view="tiles"
        data-closed={isClosed ? 'yes' : undefined}
        data-mode={mode}
        data-register={String(register.id)}
        data-branch={String(register.branchId)}
        data-letter={register.letter}
        data-version={version}
        data-manager={isManager ? 'yes' : undefined}
        data-menu={JSON.stringify(
          toDocument({ version, categories: [], products: [...till.firstProducts] }, till.soldOut),
        )}
      >
        <TopBar {...{ register, shell, chip, isPractice, now }} />
        <noscript>
          <p class="till-notice">
            La caja necesita JavaScript. Actívalo en tu navegador y recarga esta página.
          </p>
        </noscript>
        <p class="till-notice till-asleep" role="alert">
          La caja no llegó a abrirse. Recarga la página; si sigue igual, actualiza tu navegador: hace falta
          Chrome 106, Firefox 102, Safari 15 o uno más nuevo.
        </p>
        <main class="till-main" id="contenido">
          <h1 class="visually-hidden">{isPractice ? 'Modo práctica' : `Cobrar en ${register.name}`}</h1>
          <MenuPane till={till} isManager={isManager} hasReadyMenu={hasReadyMenu} />
          <PaymentPane />
          <OrderPane />
          <ChargedPane />
          {isClosed && <Closed register={register} business={markOf(version)} requestKey={openingKey} />}
        </main>
        <div class="till-strip strip" hidden data-part="strip">
          <span class="strip-text" data-part="strip-text"></span>
          <span class="till-strip-actions" data-part="strip-actions"></span>
        </div>
        <p class="visually-hidden" aria-live="polite" data-part="polite"></p>
        <p class="visually-hidden" role="alert" data-part="assertive"></p>
        {isManager && <Create />}
        <KeyMap />
      </sk-till>
    </Document>
  )
}

import { type CatalogueDocument, fromDocument } from '#src/till/catalogue.ts'
import { startClock } from './clock.ts'
import { makeCreate } from './create/create.ts'
import { makeDesk } from './desk.ts'
import { makeCommands } from './keys/commands.ts'
import { makeHelp } from './keys/help.ts'
import { listenToPresses } from './keys/presses.ts'
import { loadCatalogue } from './menu/catalogue-store.ts'
import { makeMenu } from './menu/menu.ts'
import { makeSearchField } from './menu/search-field.ts'
import { makeShelf } from './menu/shelf.ts'
import { recoverOrder } from './order/recover.ts'
import { makeSelling } from './order/selling.ts'
import { makeCharging } from './pay/charging.ts'

/** <sk-till>: the server's page brought to life. Until it is defined, the page says that it is asleep. */
export class TillElement extends HTMLElement {
  connectedCallback(): void {
    startClock(this)
    if (this.dataset.closed === 'yes') showClosed(this)
    else startTill(this)
    this.dataset.ready = 'yes'
  }
}

/** Other tills sell from the same shelves; this often what they took is asked for. */
const shelfMs = 300_000

/** Only the opening form is alive; an order that was being typed is seen behind it. */
function showClosed(root: HTMLElement): void {
  makeDesk(root)
  for (const pane of root.querySelectorAll('main > :not(.till-closed)')) pane.setAttribute('inert', '')
}

function startTill(root: HTMLElement): void {
  const desk = makeDesk(root)
  const first = JSON.parse(root.dataset.menu ?? '{}') as CatalogueDocument
  const menu = makeMenu(root, fromDocument(first, desk.settings.branchId))
  const shelf = makeShelf()
  const create = desk.settings.isManager
    ? makeCreate(root, (product) => {
        search.clear()
        menu.learn(product)
        selling.add(product)
        void refreshMenu(true)
      })
    : null
  const selling = makeSelling(desk, menu, shelf, {
    create: create && ((code) => create.open({ code })),
    search: () => {
      if (desk.screen() === 'payment') charging.back()
      else desk.leaveCharged()
      desk.view('tiles')
      search.focus()
    },
  })
  const refreshMenu = async (isRefresh: boolean) => {
    const catalogue = await loadCatalogue(desk.settings.version, desk.settings.branchId, isRefresh)
    if (catalogue) menu.take(catalogue)
  }
  // Practice takes nothing from the shelves, and is not told what they hold.
  const refreshShelf = () => (desk.settings.isPractice ? undefined : shelf.refresh(desk.settings.registerId))
  const charging = makeCharging(desk, menu, {
    refreshMenu: () => {
      void refreshMenu(true)
      void refreshShelf()
    },
    sold: shelf.sold,
  })
  const search = makeSearchField(desk, menu)
  const help = makeHelp(root)
  const commands = makeCommands({ desk, menu, selling, charging, search, help, create })

  desk.onPaint((state) => menu.paintCounts(state.order))
  listenToPresses({ desk, menu, selling, charging, search, create, commands })
  desk.store.onOtherWindow((state) => {
    if (charging.isFree()) desk.adopt({ ...state, times: desk.state().times })
  })
  void refreshMenu(false)
  void refreshShelf()
  setInterval(() => {
    if (!document.hidden) void refreshShelf()
  }, shelfMs)
  void recoverOrder(desk)
}

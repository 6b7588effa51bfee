import { and, eq, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { productComponents } from '#src/db/tenant-schema.ts'
import { parseQuantity } from '#src/lib/quantity.ts'
import { changeCatalogue, changeOfProduct, type Gone } from '../actions.ts'
import { partProblem } from './components.ts'
import { allParts, findPart, listComponents, partsNamed } from './queries.ts'
import type { ComponentProblem } from './texts.ts'

const most = 30

type Choice = { id: number; name: string }
export type ComponentSaved = { ok: true } | { ok: false; problem: ComponentProblem; choices?: Choice[] }
type Typed = { part: string; componentId: number; quantity: string }

/** The same part again changes how much of it the product takes. */
export function putComponent(db: TenantDb, productId: number, typed: Typed): Promise<ComponentSaved | Gone> {
  return changeOfProduct(db, productId, async (tx): Promise<ComponentSaved> => {
    const found = await findTyped(tx, typed)
    if (!found.ok) return found
    const quantityThousandths = parseQuantity(typed.quantity)
    if (quantityThousandths === null) return { ok: false, problem: 'not-a-quantity' }
    if (quantityThousandths % found.part.stepThousandths !== 0)
      return { ok: false, problem: 'not-a-multiple' }
    const problem = partProblem(await allParts(tx), productId, found.part.id)
    if (problem) return { ok: false, problem }
    const now = await listComponents(tx, productId)
    if (now.length >= most && !now.some((part) => part.id === found.part.id))
      return { ok: false, problem: 'too-many' }
    await tx
      .insert(productComponents)
      .values({ productId, componentId: found.part.id, quantityThousandths })
      .onDuplicateKeyUpdate({
        set: { quantityThousandths: sql`values(${productComponents.quantityThousandths})` },
      })
    return { ok: true }
  })
}

export const removeComponent = (db: TenantDb, productId: number, componentId: number) =>
  changeCatalogue(db, async (tx) => {
    await tx
      .delete(productComponents)
      .where(and(eq(productComponents.productId, productId), eq(productComponents.componentId, componentId)))
    return { ok: true as const }
  })

async function findTyped(tx: TenantTx, { part, componentId }: Typed) {
  if (componentId > 0) {
    const picked = await findPart(tx, componentId)
    return picked
      ? { ok: true as const, part: picked }
      : { ok: false as const, problem: 'not-found' as const }
  }
  const named = part === '' ? [] : await partsNamed(tx, part)
  const [only] = named
  if (!only) return { ok: false as const, problem: 'not-found' as const }
  if (named.length > 1) return { ok: false as const, problem: 'several' as const, choices: named }
  return { ok: true as const, part: only }
}

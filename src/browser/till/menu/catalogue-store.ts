import { type Catalogue, type CatalogueDocument, fromDocument, markOf } from '#src/till/catalogue.ts'
import { readValue, writeValue } from '../idb.ts'

/** The catalogue: from IndexedDB when it is this version, else fetched once and kept. */
export async function loadCatalogue(
  version: string,
  branchId: number,
  refresh = false,
): Promise<Catalogue | null> {
  const mark = markOf(version)
  const key = `smartket.catalogue.${mark}`
  const kept = ofBusiness(mark, await readValue<CatalogueDocument>(key))
  if (kept?.version === version && !refresh) return fromDocument(kept, branchId)
  const fetched = ofBusiness(mark, await fetchCatalogue(version, refresh))
  if (fetched) {
    void writeValue(key, fetched)
    return fromDocument(fetched, branchId)
  }
  // Without a line an older menu still finds products; the server has the last word on prices.
  return kept ? fromDocument(kept, branchId) : null
}

/** Signed in to another business in another tab, the server answers with that one's menu: it is not ours to show. */
function ofBusiness(mark: string, document: CatalogueDocument | null): CatalogueDocument | null {
  return document && markOf(document.version) === mark ? document : null
}

async function fetchCatalogue(version: string, refresh: boolean): Promise<CatalogueDocument | null> {
  try {
    const response = await fetch(`/pos/catalogo/${version}`, {
      headers: { accept: 'application/json' },
      // The address is cached for ever; after «ahora cuesta …» its old answer must not come back.
      cache: refresh ? 'no-cache' : 'default',
    })
    if (!response.ok) return null
    const document = (await response.json()) as CatalogueDocument
    return Array.isArray(document.products) ? document : null
  } catch {
    return null
  }
}

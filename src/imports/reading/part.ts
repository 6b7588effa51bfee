import type { Parts } from './container.ts'
import { decoded } from './decode.ts'
import { attributeOf, type XmlHandler, xmlReader } from './xml.ts'

/** Reads one part from end to end; a part that is not there has nothing in it. */
export async function parsePart(parts: Parts, name: string, handler: Partial<XmlHandler>): Promise<void> {
  const reader = xmlReader({ open: () => {}, text: () => {}, close: () => {}, ...handler })
  for await (const text of decoded(parts.read(name))) reader.write(text)
  reader.end()
}

type Relation = { id: string; type: string; target: string; isExternal: boolean }

/** What a part refers to. */
export const relationsOf = (parts: Parts, path: string) =>
  readRelations(parts, path.replace(/([^/]*)$/, '_rels/$1.rels'), path.replace(/[^/]*$/, ''))

export async function readRelations(parts: Parts, name: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = []
  await parsePart(parts, name, {
    open(element, attributes) {
      if (element !== 'Relationship' || relations.length > 5_000) return
      const target = (attributeOf(attributes, 'Target') ?? '').replaceAll('\\', '/')
      relations.push({
        id: attributeOf(attributes, 'Id') ?? '',
        type: (attributeOf(attributes, 'Type') ?? '').replace(/^.*\//, ''),
        target: target.startsWith('/') ? target.slice(1) : resolved(folder + target),
        isExternal: attributeOf(attributes, 'TargetMode') === 'External',
      })
    },
  })
  return relations
}

function resolved(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

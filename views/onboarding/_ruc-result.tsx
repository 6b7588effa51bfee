import { lookupTexts } from '#src/onboarding/texts.ts'
import type { RucAnswer } from '#src/ruc/lookup.ts'
import { Icon } from '#views/components/icon.tsx'

type RucResultProps = {
  answer: RucAnswer | null
  /** Why the number cannot be one; empty when it can. */
  wrong: string
  /** What an earlier answer left in the form. */
  values?: Record<string, string>
}

/**
 * What the register said. The browser reads the data attributes and fills the fields that the owner has
 * not typed in; the hidden fields come back with the form.
 */
export function RucResult({ answer, wrong, values = {} }: RucResultProps) {
  const found = answer?.outcome === 'found' ? answer.found : null
  const said = answer && lookupTexts(answer)
  return (
    <div
      id="ruc-result"
      class="ruc-result"
      role="status"
      data-legal-name={found?.legalName}
      data-address={found?.address ?? undefined}
    >
      {wrong && <p class="field-error">{wrong}</p>}
      {said && (
        <p class={found ? 'ruc-found' : 'soft'}>
          {found && <Icon name="circle-check" />}
          {said.text}
        </p>
      )}
      {said?.warning && (
        <p class="ruc-warning">
          <Icon name="triangle-alert" />
          {said.warning}
        </p>
      )}
      <input type="hidden" name="foundRuc" value={found?.ruc ?? values.foundRuc ?? ''} />
      <input type="hidden" name="foundName" value={found?.legalName ?? values.foundName ?? ''} />
      <input
        type="hidden"
        name="foundAddress"
        value={found ? (found.address ?? '') : (values.foundAddress ?? '')}
      />
      <input type="hidden" name="rucState" value={found?.state ?? values.rucState ?? ''} />
      <input type="hidden" name="rucCondition" value={found?.condition ?? values.rucCondition ?? ''} />
    </div>
  )
}

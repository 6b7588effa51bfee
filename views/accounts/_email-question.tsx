import { didYouMean } from '#src/accounts/texts.ts'
import { Button } from '#views/components/button.tsx'

type EmailQuestionProps = {
  suggestion?: string | undefined
  /** The address that was already asked about: sent again, it is meant. */
  asked?: string | undefined
}

/**
 * «¿Quisiste decir juan@gmail.com?» The button sends the better address with the form; the script fills it
 * in without sending. It stands in every form with a new address, empty, so that it can be asked at once.
 */
export function EmailQuestion({ suggestion, asked = '' }: EmailQuestionProps) {
  return (
    <>
      <div class="email-question" role="status" data-email-question>
        {suggestion && (
          <p class="email-question-text">
            {didYouMean(suggestion)}{' '}
            <Button kind="quiet" name="email_fix" value={suggestion}>
              Sí, corregir
            </Button>
          </p>
        )}
      </div>
      <input type="hidden" name="email_asked" value={asked} />
    </>
  )
}

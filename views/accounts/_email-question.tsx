import { didYouMean } from '#src/accounts/texts.ts'
import { Button } from '#views/components/button.tsx'

/**
 * «¿Quisiste decir juan@gmail.com?» The button sends the better address with the form; the script fills it
 * in without sending. It stands in every sign-up form, hidden, so that it can be asked at once.
 */
export function EmailQuestion({ suggestion }: { suggestion?: string | undefined }) {
  return (
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
  )
}

import { longDate } from '#src/onboarding/texts.ts'
import { formatRate } from '#src/sales/igv.ts'
import { ChoiceCards } from '#views/components/choice-cards.tsx'

export type SpecialRate = { basisPoints: number; lastDay: string }

type RateProps = {
  value: string | undefined
  error: string | undefined
  /** Only for who sells food, and only while it is still special. */
  specialRate: SpecialRate | null
}

/** Shown for RER, MYPE and General alone where CSS can tell; elsewhere always, and it says for whom it is. */
export function Rate({ value, error, specialRate }: RateProps) {
  const special = specialRate && {
    value: 'restaurant',
    title: `Tasa especial de restaurantes y hoteles (${formatRate(specialRate.basisPoints)} hasta el ${longDate(specialRate.lastDay)})`,
    hint: 'Solo para micro y pequeñas empresas que cumplen la ley. Si dudas, deja 18 % y pregúntale a tu contador.',
  }
  return (
    <div class="rate">
      <ChoiceCards
        name="igvKind"
        label="¿Qué IGV aplicas?"
        hint="Para RER, MYPE Tributario y Régimen General."
        options={[{ value: 'general', title: '18 %' }, ...(special ? [special] : [])]}
        value={special && value === 'restaurant' ? 'restaurant' : 'general'}
        error={error}
      />
    </div>
  )
}

import { Field } from '#views/components/field.tsx'

/** What pollerías, chifas and bodegas sell; anything else is typed. */
const usual = [...'🍗🍖🥩🍔🌭🍟🍕🥪🥗🍲🍜🍚🍤🐟🥟🍳🥔🌽🥑🍰🍩🍞🧀🍎🍌🥤🍺🍷☕🧃💧🍦🍬🧻🧼📦']

/** A small picker that needs no script, and one's own. */
export function EmojiField({ values, error }: { values: Record<string, string>; error: string | undefined }) {
  const { emoji = '', ownEmoji = '' } = values
  const isUsual = usual.includes(emoji)
  return (
    <details class="more-options" open={Boolean(error)}>
      <summary>
        Emoji <span aria-hidden="true">{emoji}</span>
      </summary>
      <div class="stack">
        <fieldset class="emoji-picker">
          <legend class="visually-hidden">Elige un emoji</legend>
          <label>
            <input type="radio" name="emoji" value="" checked={emoji === ''} />
            <span>Ninguno</span>
          </label>
          {usual.map((sign) => (
            <label>
              <input type="radio" name="emoji" value={sign} checked={sign === emoji} />
              <span>{sign}</span>
            </label>
          ))}
        </fieldset>
        <Field
          name="ownEmoji"
          label="Otro emoji"
          optional
          hint="Si escribes uno, vale este."
          value={ownEmoji || (isUsual ? '' : emoji)}
          error={error}
          autocomplete="off"
          maxlength={40}
        />
      </div>
    </details>
  )
}

/** Our mark, the same drawing as public/icons/smartket.svg: a ticket with a coal in it. */
export function BrandMark() {
  return (
    <svg viewBox="4 0 24 32" aria-hidden="true" focusable="false">
      <path
        fill="#F4741B"
        d="M6 5a3 3 0 0 1 3-3h14a3 3 0 0 1 3 3v24l-3.33-2.6L19.33 29 16 26.4 12.67 29l-3.34-2.6L6 29z"
      />
      <path
        fill="#241C15"
        d="M16.6 6.2c.5 3.2 5 4.9 5 9.5a5.6 5.6 0 0 1-11.2 0c0-2.2 1-3.7 2.3-4.9.2 1.3.9 2 1.7 2.2-.4-2.6.3-5.2 2.2-6.8z"
      />
    </svg>
  )
}

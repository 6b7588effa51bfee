/**
 * A plain form that htmx sends at each change, putting the review in its place. Morphed, not replaced:
 * what is being typed in the next cell stays typed.
 */
export const liveForm = (action: string) => ({
  method: 'post' as const,
  action,
  'hx-post': action,
  'hx-trigger': 'change, submit',
  'hx-target': '#import',
  'hx-swap': 'outerMorph',
  'hx-sync': 'this:replace',
})

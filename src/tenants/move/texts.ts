import type { MoveProblem } from './move.ts'

/** For whoever operates the server. */
export const moveTexts: Record<MoveProblem, string> = {
  gone: 'There is no such business.',
  'no-server': 'There is no such server: smartket servers list.',
  'no-address': 'The address of that server is not known here: set DATABASE_URL_<number>.',
  'already-there': 'It is on that server already.',
  draining: 'That server is being drained and takes no businesses.',
  unreachable: 'That server does not answer, or refuses the user or password of its address.',
  behind: 'Its database is behind this release. Run: smartket migrate --tenant <number>, then move it.',
  held: 'It is being restored or moved by another process. Nothing was changed.',
  changed: 'Something else was done to it meanwhile. Nothing was changed; try again.',
  differs: 'The copy was not equal to the original. Nothing was switched: it works where it was.',
  'too-slow':
    'The pause would have been too long. Nothing was switched: it works where it was; try when it sells less.',
  'never-moved':
    'It was not moved in the last days, so there is nothing to undo. To take it somewhere: --to.',
}

import type { AddProblem, ServerProblem } from './actions.ts'

/** For whoever operates the server. */
export const serverTexts: Record<AddProblem | ServerProblem, string> = {
  'no-server': 'There is no such server: smartket servers list.',
  there: 'There is a server of that number already: smartket servers list.',
  'no-address':
    'Its address is not known: set DATABASE_URL_<number> for this command and for the server that runs.',
  silent: 'It does not answer, or refuses the user or password of its address.',
  'too-old': 'SmartKet needs MariaDB 10.11 or newer.',
  same: 'Another number has the same server already.',
  'not-empty':
    'An admin database of SmartKet stands on it: it is the first server of this or another installation.',
  last: 'No other server is open and has an address here: its businesses could go nowhere.',
}

import type { DeletionProblem, RunProblem } from './deletion.ts'

/** For whoever operates the server. */
export const deletionTexts: Record<DeletionProblem | RunProblem | 'gone', string> = {
  gone: 'There is no such business any more.',
  'not-leaving':
    'It is on its way nowhere: only a business that its owner closed, or that has been locked for 12 months, is deleted.',
  'notices-missing':
    'Its owner was not warned as promised: the mails were not all taken by the mail server, or came too close together.',
  'not-yet': 'Its time to come back is not over.',
  'paid-ahead': 'Its owner has paid for days that are still to come.',
  'payment-waiting': 'Its owner says that she paid: confirm or refuse that payment first.',
  'no-verified-copy':
    'There is no verified copy that was taken after its last change and is still there, uploaded or on this machine.',
  'no-mail-server': 'No mail server is configured (SMARTKET_SMTP_URL), so nobody can have been warned.',
  'clocks-differ': 'The clocks of the app and the database differ by more than 5 minutes.',
  'heartbeat-missing':
    'The job «delete-businesses» has not run without a gap for 7 days, so nobody knows whether the clock jumped.',
  'enough-today': 'Three businesses were deleted today; a fourth needs your yes: --yes.',
}

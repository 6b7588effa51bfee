import type { UpgradeProblem } from './upgrade.ts'

export const upgradeTexts: Record<UpgradeProblem, string> = {
  'not-smartket': 'That file is no SmartKet that runs here: it does not say its version.',
  'same-release': 'That is the release that runs already.',
  'older-release': 'That release is older than the one that runs. To go back: smartket rollback.',
  'no-way-back':
    'This release takes something away from the databases: after it there is no rollback, only a restore. If that is meant: --accept-no-way-back.',
  'not-confirmed':
    'The last upgrade is not confirmed yet, and this one leaves no way back. First: smartket upgrade --confirm (or wait 24 hours).',
  'no-installation': 'There is no installation here: smartket install --domain DOMAIN --yes.',
  'no-copy': 'The admin database could not be copied, so nothing was begun. See smartket backup run.',
  'migration-failed':
    'The databases could not all be migrated. The old release goes on serving; those that were migrated work with it.',
  'went-back': 'The new release did not get well, and the old one serves again. Nothing was lost.',
  'nothing-to-go-back-to': 'No upgrade is known here, so there is nothing to go back to.',
  'went-back-already': 'The last upgrade was taken back already.',
  'old-cannot-read':
    'The release of before cannot read the databases as they are now. A rollback never restores data: smartket restore does.',
  'nothing-to-confirm': 'There is no upgrade that waits to be confirmed.',
}

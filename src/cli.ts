import { Command, CommanderError, Option } from 'commander'
import { explain, print, Refusal } from '#src/process.ts'
import { commit, version } from '#src/version.ts'

// The commands: name, help, function. Nothing else. Exit 0 done, 1 failed, 2 wrong usage.
const json = ['--json', 'answer as JSON'] as const

function program(): Command {
  const smartket = new Command('smartket')
    .description('A point of sale for small businesses, and the server that runs it.')
    .version(`${version} (${commit})`)
    .showHelpAfterError()
    // What stands after the name of an inner command is that command's own.
    .enablePositionalOptions()

  smartket
    .command('serve')
    .description('the server and its jobs')
    .option('--demo', 'add a business with a week of sales, and say how to sign in')
    .action(async (options) => (await commands()).serve(options))
  smartket
    .command('migrate')
    .description("bring the admin database and every business's up to date")
    .option('--tenant <id>', 'only this business', wholeNumber)
    .option(
      '--canary <ids>',
      'these businesses first (3,17), and the rest only if all of them pass',
      wholeNumbers,
    )
    .option('--dry-run', 'print the SQL and the databases, and change nothing')
    .option(...json)
    .action(async (options) => print(await (await migrateCommands()).migrate(options), options))
  smartket
    .command('demo')
    .description('a business with a week of sales, and how to sign in')
    .option(...json)
    .action(async (options) => print(await (await commands()).demo(), options))
  smartket
    .command('doctor')
    .description('what is wrong with this installation, and how to mend it')
    .option('--mend', "derive businesses' accounts again that are not as they should be")
    .option(...json)
    .action(async (options) => print(await (await doctorCommands()).doctor(options), options))
  smartket
    .command('install')
    .description('everything on a fresh Debian or Ubuntu server; without --yes it only says what it would do')
    .option('--domain <domain>', 'the name of the landing, such as smartket.com')
    .option('--yes', 'do it')
    .option('--root <folder>', 'write the files below another root, and run nothing')
    .option('--confirm-sheet <code>', 'the check code of the recovery sheet: it is on paper now')
    .option(...json)
    .action(async (options) => print((await installCommands()).installServer(options), options))
  const wait = [
    '--wait <seconds>',
    'how long the other release may take to be well',
    wholeNumber,
    60,
  ] as const
  const restart = [
    '--restart <command>',
    'what starts it anew',
    'systemctl restart smartket.service',
  ] as const
  smartket
    .command('upgrade [file]')
    .description('another release in the place of this one, without a lost request; goes back by itself')
    .option('--confirm', 'the last one is good: there is no way back from now on')
    .option('--accept-no-way-back', 'also a release after which there is no rollback')
    .option(...wait)
    .option(...restart)
    .option(...json)
    .action(async (file, options) => print(await (await upgradeCommands()).upgradeTo(file, options), options))
  smartket
    .command('rollback')
    .description('the release of before, where it can read the databases as they are now')
    .option(...wait)
    .option(...restart)
    .option(...json)
    .action(async (options) => print(await (await upgradeCommands()).rollBack(options), options))
  smartket
    .command('keys')
    .description('the keys of this installation')
    .command('rotate')
    .description('new passwords for every MySQL account, without a moment in which one does not open')
    .option('--hold', 'stop while both are good: other machines change over by hand')
    .option('--finish', 'from now on the new ones alone')
    .option(...restart)
    .option(...json)
    .action(async (options) => print(await (await keyCommands()).rotateKeys(options), options))

  const padron = smartket.command('padron').description("SUNAT's register of RUC")
  padron
    .command('import <file>')
    .description('take in the padrón reducido, a zip or a txt; safe to repeat')
    .option('--force', 'also with broken rows, or far fewer rows than the register in use')
    .option(...json)
    .action(async (file, options) => print(await (await commands()).importPadron(file, options), options))

  const jobs = smartket.command('jobs').description('what runs by itself')
  jobs
    .command('list')
    .description('every job and when it runs, in the time of Lima')
    .option(...json)
    .action(async (options) => print(await (await jobCommands()).listJobs(), options))
  jobs
    .command('show <name>')
    .description('the last runs of a job, and what each did')
    .option('--runs <count>', 'so many at most', wholeNumber, 10)
    .option(...json)
    .action(async (name, options) => print(await (await jobCommands()).showJob(name, options), options))
  jobs
    .command('run <name>')
    .description('run a job now')
    .option(...json)
    .action(async (name, options) => print(await (await jobCommands()).runJob(name), options))

  const backup = smartket.command('backup').description('the nightly copies')
  backup
    .command('run')
    .description("tonight's copies now: of every business and the admin database; safe to repeat")
    .option('--tenant <id>', 'only this business', wholeNumber)
    .option(...json)
    .action(async (options) => print(await (await backupCommands()).runBackup(options), options))
  backup
    .command('list')
    .description('every night that is known, on this disk and in the store')
    .option('--tenant <id>', 'only of this business', wholeNumber)
    .option(...json)
    .action(async (options) => print(await (await backupCommands()).listBackups(options), options))

  backup
    .command('verify')
    .description(
      "restore a night's copies into a scratch database and compare; the newest night's by default",
    )
    .option('--tenant <id>', 'only of this business', wholeNumber)
    .option('--night <night>', 'of this night (2026-11-23)')
    .option(...json)
    .action(async (options) => print(await (await verifyCommands()).verifyBackup(options), options))

  const store = backup.command('store').description('the copies elsewhere, in an S3 store')
  store
    .command('check')
    .description('whether copies get there, come back and open: by sending some')
    .option(...json)
    .action(async (options) => print(await (await storeCommands()).checkStore(), options))
  store
    .command('send')
    .description('the newest nights and the binary logs, now; safe to repeat')
    .option('--night <night>', 'only this night (2026-11-23)')
    .option(...json)
    .action(async (options) => print(await (await storeCommands()).sendToStore(options), options))
  store
    .command('prune')
    .description('delete there what SMARTKET_STORE_KEEP does not keep, a few nights at a time')
    .option(...json)
    .action(async (options) => print(await (await storeCommands()).pruneStore(), options))
  store
    .command('keys')
    .description("put businesses' own keys back that were lost here")
    .requiredOption('--identity <file>', 'the private half of a recovery key, as age-keygen wrote it')
    .option(...json)
    .action(async (options) => print(await (await storeCommands()).recoverKeys(options), options))
  store
    .command('erase <id>')
    .description(
      'for good every copy there of a business that was deleted: its key is destroyed; needs --yes',
    )
    .option('--yes', 'do it')
    .option(...json)
    .action(async (id, options) =>
      print(await (await storeCommands()).eraseCopies(wholeNumber(id), options), options),
    )

  const restore = smartket
    .command('restore')
    .enablePositionalOptions()
    .description('bring a business back, or the whole installation')
    .option(
      '--tenant <id>',
      'this business: to the last change that is known, or --from, or --at',
      wholeNumber,
    )
    .option('--from <what>', 'a night (2026-11-23), a file, store, or store:2026-11-23')
    .option('--at <time>', 'as it was at that second, on the clocks of Lima: "2026-11-23 14:05:00"')
    .option('--yes', 'do it, where going back means that later work is left out')
    .option('--carry', 'with the sales that would be left out')
    .option('--no-carry', 'without them, also where they would come along by themselves')
    .option('--as-new', 'as another business, and leave this one alone')
    .option('--owner <email>', 'who owns that other business')
    .option('--all', 'everything, on a new machine: --from store --identity FILE')
    .option('--adopt', 'with --all: only the admin database is gone, businesses keep what is there')
    .option('--rehearse <businesses>', 'with --all: only try so many, and touch nothing', wholeNumber)
    .option('--identity <file>', 'the recovery key, for what comes from the store')
    .option(...json)
    .action(async (options) => print(await (await restoreCommands()).restore(options), options))
  restore
    .command('look')
    .description('a product or a table in a copy, without restoring it')
    .requiredOption('--tenant <id>', 'of this business', wholeNumber)
    .option('--product <text>', 'products with this in their name, code or barcode, and what became of them')
    .option('--table <name>', 'the rows of this table')
    .option('--find <text>', 'with --table: only rows with this in them')
    .option('--limit <rows>', 'so many at most', wholeNumber, 50)
    .option('--from <what>', 'a night, a file, store, or store:2026-11-23')
    .option('--at <time>', 'as it was at that second, on the clocks of Lima')
    .option('--identity <file>', 'the recovery key, for what comes from the store')
    .option(...json)
    .action(async (options) => print(await (await restoreCommands()).look(options), options))
  restore
    .command('back')
    .description('undo the last restore, with everything that was sold since')
    .requiredOption('--tenant <id>', 'of this business', wholeNumber)
    .option('--no-carry', 'leave out what was sold since')
    .option('--yes', 'do it; without it only says what would happen')
    .option(...json)
    .action(async (options) => print(await (await restoreCommands()).goBack(options), options))

  const tenants = smartket.command('tenants').description('the businesses')
  tenants
    .command('list')
    .description('every business')
    .option(...json)
    .action(async (options) => print(await (await commands()).listTenants(), options))
  tenants
    .command('show <id>')
    .description('one business')
    .option(...json)
    .action(async (id, options) => print(await (await commands()).showTenant(wholeNumber(id)), options))
  tenants
    .command('export <id>')
    .description('everything of one business in a zip, as its owner downloads it')
    .requiredOption('--out <file>', 'where to; it must not be there yet')
    .option(...json)
    .action(async (id, options) =>
      print(await (await leavingCommands()).exportTenant(wholeNumber(id), options), options),
    )
  tenants
    .command('delete <id>')
    .description(
      'one business for good, after a last copy, if nothing speaks against it; without --yes only says what would happen',
    )
    .option('--yes', 'delete it')
    .option('--name <name>', 'its name, so that no wrong number is deleted')
    .option(...json)
    .action(async (id, options) =>
      print(await (await leavingCommands()).deleteTenant(wholeNumber(id), options), options),
    )

  tenants
    .command('suspend <id>')
    .description('pause one business: it opens no till any more; nothing is deleted')
    .requiredOption('--reason <why>', 'stays in its history')
    .option(...json)
    .action(async (id, options) =>
      print(await (await tenantCommands()).suspendTenant(wholeNumber(id), options), options),
    )
  tenants
    .command('activate <id>')
    .description('end the pause of one business')
    .requiredOption('--reason <why>', 'stays in its history')
    .option(...json)
    .action(async (id, options) =>
      print(await (await tenantCommands()).activateTenant(wholeNumber(id), options), options),
    )
  tenants
    .command('move <id>')
    .description('to another database server, while it sells; what it leaves is kept for 7 days')
    .option('--to <server>', 'the number of that server', wholeNumber)
    .option('--back', 'undo its last move, with everything that was sold since')
    .option(...json)
    .action(async (id, options) =>
      print(await (await serverCommands()).moveTenant(wholeNumber(id), options), options),
    )

  const servers = smartket.command('servers').description('the database servers')
  servers
    .command('list')
    .description('every server, how many businesses it holds, and whether it answers')
    .option(...json)
    .action(async (options) => print(await (await serverCommands()).listServers(), options))
  servers
    .command('add <number>')
    .description('one more, whose address is in DATABASE_URL_<number>')
    .requiredOption('--name <name>', 'how people call it')
    .option('--capacity <businesses>', 'how many it should hold', wholeNumber, 1000)
    .option(...json)
    .action(async (id, options) =>
      print(await (await serverCommands()).addServer(wholeNumber(id), options), options),
    )
  servers
    .command('set <number>')
    .description('open it for new businesses, or call it full; also after a drain')
    .addOption(new Option('--status <status>').choices(['open', 'full']))
    .option('--capacity <businesses>', 'how many it should hold', wholeNumber)
    .option('--name <name>', 'how people call it')
    .option(...json)
    .action(async (id, options) =>
      print(await (await serverCommands()).changeServer(wholeNumber(id), options), options),
    )
  servers
    .command('drain <number>')
    .description('no new businesses from now on, and those that it has are moved away, one after the other')
    .option(...json)
    .action(async (id, options) =>
      print(await (await serverCommands()).drainServer(wholeNumber(id), options), options),
    )

  const operators = smartket.command('operators').description("who may enter the operator's console")
  operators
    .command('create <email>')
    .description('one more person: asks for a password, and shows the secret of her telephone once')
    .requiredOption('--name <name>', 'as it is shown to owners, such as Olga')
    .option('--password-stdin', 'take the password from standard input instead of asking')
    .option(...json)
    .action(async (email, options) =>
      print(await (await operatorCommands()).createOperator(email, options), options),
    )
  operators
    .command('list')
    .description('everybody, with the recovery codes that are left')
    .option(...json)
    .action(async (options) => print(await (await operatorCommands()).listOperators(), options))
  operators
    .command('disable <email>')
    .description('signed out at once, and never in again')
    .option(...json)
    .action(async (email, options) => print(await (await operatorCommands()).disableOperator(email), options))
  operators
    .command('reset-password <email>')
    .description('another password; also lets in again whoever was disabled')
    .option('--password-stdin', 'take the password from standard input instead of asking')
    .option(...json)
    .action(async (email, options) =>
      print(await (await operatorCommands()).resetPassword(email, options), options),
    )
  operators
    .command('reset-totp <email>')
    .description('for a lost telephone: another secret and other recovery codes, shown once')
    .option(...json)
    .action(async (email, options) => print(await (await operatorCommands()).resetTotp(email), options))
  return smartket
}

/** `--help` and `--version` answer at once: only a command that runs loads what it needs. */
const commands = () => import('#src/commands.ts')
const backupCommands = () => import('#src/commands/backups.ts')
const doctorCommands = () => import('#src/commands/doctor.ts')
const migrateCommands = () => import('#src/commands/migrate.ts')
const installCommands = () => import('#src/commands/install.ts')
const jobCommands = () => import('#src/commands/jobs.ts')
const keyCommands = () => import('#src/commands/keys.ts')
const leavingCommands = () => import('#src/commands/leaving.ts')
const restoreCommands = () => import('#src/commands/restore.ts')
const serverCommands = () => import('#src/commands/servers.ts')
const storeCommands = () => import('#src/commands/store.ts')
const tenantCommands = () => import('#src/commands/tenants.ts')
const upgradeCommands = () => import('#src/commands/upgrade.ts')
const verifyCommands = () => import('#src/commands/verify.ts')
const operatorCommands = () => import('#src/commands/operators.ts')

export async function run(argv: readonly string[]): Promise<number> {
  try {
    await exitless(program()).parseAsync(argv)
    return 0
  } catch (error) {
    // commander has said it already; its own code for --help and --version is 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const text = await explain(error)
    const problem = error instanceof Refusal ? error.problem : 'failed'
    if (text && argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ ok: false, problem, text })}\n`)
    else if (text) console.error(text)
    return error instanceof Refusal ? error.exitCode : 1
  }
}

/** Every command throws instead of ending the process: whoever opened something closes it first. */
function exitless(command: Command): Command {
  for (const child of command.commands) exitless(child)
  return command.exitOverride()
}

const wholeNumbers = (text: string): number[] => text.split(',').map((one) => wholeNumber(one.trim()))

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Refusal(`«${text}» is not a number from 1 on.`, 2)
  return Number(text)
}

import { Command, CommanderError } from 'commander'
import { explain, print, Refusal } from '#src/process.ts'
import { commit, version } from '#src/version.ts'

// The commands: name, help, function. Nothing else. Exit 0 done, 1 failed, 2 wrong usage.
const json = ['--json', 'answer as JSON'] as const

function program(): Command {
  const smartket = new Command('smartket')
    .description('A point of sale for small businesses, and the server that runs it.')
    .version(`${version} (${commit})`)
    .showHelpAfterError()

  smartket
    .command('serve')
    .description('the server and its jobs')
    .option('--demo', 'add a business with a week of sales, and say how to sign in')
    .action(async (options) => (await commands()).serve(options))
  smartket
    .command('migrate')
    .description("bring the admin database and every business's up to date")
    .option('--tenant <id>', 'only this business', wholeNumber)
    .option(...json)
    .action(async (options) => print(await (await commands()).migrate(options), options))
  smartket
    .command('demo')
    .description('a business with a week of sales, and how to sign in')
    .option(...json)
    .action(async (options) => print(await (await commands()).demo(), options))
  smartket
    .command('doctor')
    .description('what is wrong with this installation, and how to mend it')
    .option(...json)
    .action(async (options) => print(await (await commands()).doctor(), options))

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
    .action(async (options) => print(await (await commands()).listJobs(), options))
  jobs
    .command('run <name>')
    .description('run a job now')
    .option(...json)
    .action(async (name, options) => print(await (await commands()).runJob(name), options))

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
      'one business for good, if nothing speaks against it; without --yes only says what would happen',
    )
    .option('--yes', 'delete it')
    .option(...json)
    .action(async (id, options) =>
      print(await (await leavingCommands()).deleteTenant(wholeNumber(id), options), options),
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
const leavingCommands = () => import('#src/commands/leaving.ts')
const operatorCommands = () => import('#src/commands/operators.ts')

export async function run(argv: readonly string[]): Promise<number> {
  try {
    await exitless(program()).parseAsync(argv)
    return 0
  } catch (error) {
    // commander has said it already; its own code for --help and --version is 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const text = await explain(error)
    if (text) console.error(text)
    return error instanceof Refusal ? error.exitCode : 1
  }
}

/** Every command throws instead of ending the process: whoever opened something closes it first. */
function exitless(command: Command): Command {
  for (const child of command.commands) exitless(child)
  return command.exitOverride()
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Refusal(`«${text}» is not the number of a business.`, 2)
  return Number(text)
}

import type { InstallProblem, Step } from './install.ts'
import { leastMemoryBytes } from './sizes.ts'

export const installTexts: Record<InstallProblem, string> = {
  'bad-domain': 'The domain must look like smartket.com: no https://, no path, no port.',
  'little-memory': `This machine has less than ${Math.round(leastMemoryBytes / 1024 ** 2)} MB of memory: MariaDB and SmartKet need 1 GB at least, 4 GB for hundreds of shops.`,
  'not-the-binary': 'Only the executable installs itself: npm run build, then dist/smartket install.',
  'other-database':
    'The environment file that is there names another database account: this server was set up by hand, and is left alone.',
  'other-domain':
    'This server is installed for another domain: the three origins in its environment file say which. Change them there first.',
  'no-master-key':
    'The environment file has no SMARTKET_MASTER_KEY: put the content of master.key in the data folder there first.',
  'other-release': 'Another release runs here already: smartket upgrade FILE.',
}

/** One line a step, as the dry run says it. No secret is ever printed. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'user':
      return `user    ${step.name}, without a shell, at home in ${step.home}`
    case 'folder':
      return `folder  ${step.path} (${step.owner}, ${step.mode.toString(8)})`
    case 'file':
      return `write   ${step.path} (${step.mode.toString(8)}${step.isSecret ? ', with new secrets' : ''})`
    case 'kept':
      return `keep    ${step.path} as it is`
    case 'copy':
      return `copy    ${step.from} to ${step.path}`
    case 'link':
      return `link    ${step.path} to ${step.target}`
    case 'run':
      return `run     ${step.command.join(' ')} (${step.why})`
    case 'sql':
      return `MariaDB ${step.why}`
  }
}

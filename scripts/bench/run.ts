import { bytes } from './bytes.ts'
import { operatorConsole } from './console.ts'
import { importing } from './imports.ts'
import { migrations } from './migrations.ts'
import { night } from './night.ts'
import { openBench } from './place.ts'
import { processFigures } from './process.ts'
import { products } from './products.ts'
import { salesPerSecond } from './sales.ts'
import { signUp } from './sign-up.ts'
import { printTable, type Row } from './table.ts'
import { till } from './till.ts'

// `npm run bench [-- --json] [-- --only till]`: the budgets of the design, measured on this machine beside a
// yardstick of the same minute. It builds nothing and stops by itself.

const parts = {
  sales: salesPerSecond,
  'sign-up': signUp,
  bytes,
  till,
  products,
  imports: importing,
  console: operatorConsole,
  migrations,
  night,
  process: processFigures,
} as const
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
const chosen = Object.entries(parts).filter(([name]) => !only || name === only)
if (chosen.length === 0) {
  console.error(`--only takes one of: ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

const bench = await openBench()
const rows: Row[] = []
try {
  for (const [name, measure] of chosen) {
    if (!process.argv.includes('--json')) console.error(`… ${name}`)
    rows.push(...(await measure(bench)))
  }
} finally {
  await bench.close()
}
if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2))
else printTable(rows)
process.exit(rows.every((row) => row.ok) ? 0 : 1)

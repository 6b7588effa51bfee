import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'mysql',
  schema: './src/db/tenant-schema.ts',
  out: './drizzle/tenant',
})

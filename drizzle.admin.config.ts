import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'mysql', schema: './src/db/admin-schema.ts', out: './drizzle/admin' })

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  resolve: {
    alias: { '@contract': path('src-main/contract'), '@rules': path('src-main/rules'), '@': path('src-renderer') }
  },
  test: {
    include: ['tests/{unit,integration,architecture,regressions}/**/*.test.ts'],
    // The SQLite addon and argon2 want whole processes, and a crash test must not take its neighbours along.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})

import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** Packages with native parts stay outside the bundle; everything else is bundled, so ESM-only packages load anywhere. */
const native = ['electron', 'better-sqlite3', '@node-rs/argon2']

const alias = {
  '@contract': path('src-main/contract'),
  '@rules': path('src-main/rules')
}

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: path('src-main/index.ts'),
          'core-thread': path('src-main/core-thread.ts'),
          'worker-thread': path('src-main/worker-thread.ts'),
          'copy-thread': path('src-main/copy-thread.ts')
        },
        external: native,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: path('src-main/preload/index.ts') },
        external: ['electron'],
        // A sandboxed preload must be one CommonJS file without chunks.
        output: { format: 'cjs', entryFileNames: '[name].cjs', inlineDynamicImports: true }
      }
    }
  },
  renderer: {
    root: path('src-renderer'),
    base: './',
    resolve: { alias: { ...alias, '@': path('src-renderer') } },
    plugins: [vue(), tailwindcss()],
    build: {
      rollupOptions: { input: { index: path('src-renderer/index.html'), paper: path('src-renderer/paper.html') } },
      // Half the text to read and parse before the first screen; main stays as written, so that the diary names lines.
      minify: true,
      assetsInlineLimit: 0
    }
  }
})

import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The window's page, served at app://desk/ under a policy without inline scripts. */
export default defineConfig({
  root: `${root}/renderer`,
  base: './',
  publicDir: false,
  plugins: [react(), tailwindcss()],
  // Texts are kept as one string and parsed: thousands of literals take longer, also out of the engine's cache.
  json: { stringify: true },
  build: {
    outDir: `${root}/out/app/renderer`,
    emptyOutDir: true,
    // The oldest engine it runs on is the rehearsal runtime's.
    target: 'chrome130',
    // Data URLs would need holes in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first screen needs comes in one file: every file is a way through the shell, which is busy at the start.
    // Escaped, since one Chinese character makes V8 keep the whole file in two bytes a character.
    rolldownOptions: {
      output: { charset: 'ascii', codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
    sourcemap: true,
    chunkSizeWarningLimit: 2000,
  },
})

import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** The renderer on the fake core, in any browser: `npx vite --config tests/unit/renderer/preview/vite.config.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: process.env['PREVIEW_BLOBS'] ?? false,
  cacheDir: `${root}/out/preview-cache`,
  plugins: [react(), tailwindcss()],
  server: { fs: { allow: [root] } },
})

/** The programs that make the app, each bundled into one file of out/app. */

/**
 * `main` and `preload` are CommonJS: privileged schemes and the sandbox must be set synchronously, before Electron is
 * ready, and a sandboxed preload cannot be a module.
 */
export const ENTRIES = [
  { in: 'electron/main/index.ts', out: 'main.cjs', kind: 'electron' },
  { in: 'electron/preload/index.ts', out: 'preload.cjs', kind: 'electron' },
  { in: 'electron/core/host/hosted.ts', out: 'core.mjs', kind: 'node' },
  { in: 'electron/core/cli.ts', out: 'cli.mjs', kind: 'node' },
  { in: 'electron/core/documents/worker.ts', out: 'worker-document.mjs', kind: 'node' },
  { in: 'electron/core/sync/page-worker.ts', out: 'worker-page.mjs', kind: 'node' },
  { in: 'db/checkpoint-worker.ts', out: 'worker-checkpoint.mjs', kind: 'node' },
  { in: 'electron/centre/index.ts', out: 'centre.mjs', kind: 'node' },
]

/**
 * Packages that stay packages: native parts, and files they read beside themselves. All others go into the bundles,
 * which halves the time core takes to load.
 */
export const NOT_BUNDLED = ['better-sqlite3', 'sharp', '@napi-rs/keyring', 'pino', 'zxing-wasm']

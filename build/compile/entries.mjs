/** The programs that make the app, each bundled into one file of out/app. */

/**
 * `main` and `preload` are CommonJS: privileged schemes and the sandbox must be set synchronously, before Electron is
 * ready, and a sandboxed preload cannot be a module.
 */
export const ENTRIES = [
  { in: 'electron/main/index.ts', out: 'main.cjs', kind: 'electron' },
  { in: 'electron/preload/index.ts', out: 'preload.cjs', kind: 'electron' },
  { in: 'electron/core/host/hosted.ts', out: 'core.mjs', kind: 'node' },
  { in: 'electron/core/documents/worker.ts', out: 'worker-document.mjs', kind: 'node' },
  { in: 'electron/centre/index.ts', out: 'centre.mjs', kind: 'node' },
]

/** Small pure libraries go into the bundle, which starts faster; all others stay packages (native parts, data files). */
export const BUNDLED = ['zod']

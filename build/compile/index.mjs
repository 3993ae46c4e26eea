/** Compiles the app into out/app: the processes with esbuild, the window with vite. Costs nothing when nothing changed. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { ENTRIES, NOT_BUNDLED } from './entries.mjs'
import { ifStale } from './stale.mjs'

const APP = join(root, 'out', 'app')
const SHARED = ['package-lock.json', 'package.json', 'tsconfig.json', 'build/compile']

/** @param {{release?: boolean}} [options] a release is minified */
export async function compile({ release = false } = {}) {
  const suffix = release ? '-release' : ''
  const outputs = ENTRIES.map((entry) => `out/app/${entry.out}`)
  await ifStale(`processes${suffix}`, [...SHARED, 'electron', 'db'], outputs, () => compileProcesses(release))
  const sources = [...SHARED, 'electron/contract', 'renderer', 'assets', 'docs', 'build/vite.config.ts']
  await ifStale(`window${suffix}`, sources, ['out/app/renderer/index.html'], () => compileWindow())
}

async function compileProcesses(release) {
  // Parts carry their content in their names: those of an older build would stay for ever.
  for (const name of existsSync(APP) ? readdirSync(APP) : []) if (name.startsWith('part-')) rmSync(join(APP, name))
  await bundle(ENTRIES, join('out', 'app'), release)
}

/**
 * Programs bundled as the app's own are, also others: what is measured should be what ships.
 * @param {readonly {in: string, out: string, kind: string}[]} entries sources from the root of the tree
 * @param {string} outdir from the root of the tree
 */
export async function bundle(entries, outdir, release = false) {
  const { build } = await import('esbuild')
  // One Chinese character makes V8 keep the whole file in two bytes a character, and it keeps it as long as it runs.
  const common = {
    bundle: true,
    sourcemap: true,
    logLevel: 'warning',
    absWorkingDir: root,
    charset: 'ascii',
    legalComments: 'linked',
  }
  // Names stay: a stack in the log must be readable where no map is.
  const small = { minifySyntax: true, minifyWhitespace: true, minifyIdentifiers: release }
  await Promise.all(
    entries.map((entry) =>
      build({
        ...common,
        ...small,
        ...targetOf(entry.kind),
        entryPoints: [{ in: entry.in, out: entry.out.replace(/\.[cm]js$/, '') }],
        outdir,
      }),
    ),
  )
}

function targetOf(kind) {
  if (kind === 'electron')
    return {
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      external: ['electron'],
      outExtension: { '.js': '.cjs' },
    }
  return {
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: NOT_BUNDLED,
    banner: { js: COMMONJS },
    outExtension: { '.js': '.mjs' },
    // What is imported later is read later.
    splitting: true,
    chunkNames: 'part-[hash]',
  }
}

/** What CommonJS packages in a module's bundle ask for. */
const COMMONJS = [
  `import { createRequire as __createRequire } from 'node:module'`,
  `import { dirname as __dirnameOf } from 'node:path'`,
  `const require = __createRequire(import.meta.url)`,
  `const __filename = import.meta.filename`,
  `const __dirname = __dirnameOf(__filename)`,
].join('\n')

async function compileWindow() {
  const { build } = await import('vite')
  // Read by Node itself: the other way writes into node_modules, which may be somebody else's.
  await build({ configFile: join(root, 'build', 'vite.config.ts'), configLoader: 'native', logLevel: 'warn' })
}

/** Compiles the app into out/app: the processes with esbuild, the window with vite. Costs nothing when nothing changed. */
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { BUNDLED, ENTRIES } from './entries.mjs'
import { ifStale } from './stale.mjs'

const SHARED = ['package-lock.json', 'package.json', 'tsconfig.json', 'build/compile', 'electron']

/** @param {{release?: boolean}} [options] a release is minified */
export async function compile({ release = false } = {}) {
  const suffix = release ? '-release' : ''
  const outputs = ENTRIES.map((entry) => `out/app/${entry.out}`)
  await ifStale(`processes${suffix}`, [...SHARED, 'db'], outputs, () => compileProcesses(release))
  const sources = [...SHARED, 'renderer', 'assets', 'build/vite.config.ts']
  await ifStale(`window${suffix}`, sources, ['out/app/renderer/index.html'], () => compileWindow())
}

async function compileProcesses(release) {
  const { build } = await import('esbuild')
  const common = {
    bundle: true,
    sourcemap: true,
    minify: release,
    logLevel: 'warning',
    absWorkingDir: root,
    charset: 'utf8',
  }
  await Promise.all(
    ENTRIES.map((entry) =>
      build({ ...common, ...targetOf(entry.kind), entryPoints: [entry.in], outfile: join('out', 'app', entry.out) }),
    ),
  )
}

function targetOf(kind) {
  if (kind === 'electron') return { platform: 'node', format: 'cjs', target: 'node20', external: ['electron'] }
  return { platform: 'node', format: 'esm', target: 'node22', plugins: [packagesStayOutside] }
}

/** Leaves packages to Node, except the small pure ones. */
const packagesStayOutside = {
  name: 'packages-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined
      const name = path.startsWith('@') ? path.split('/').slice(0, 2).join('/') : path.split('/')[0]
      return BUNDLED.includes(name) ? undefined : { path, external: true }
    })
  },
}

async function compileWindow() {
  const { build } = await import('vite')
  // Read by Node itself: the other way writes into node_modules, which may be somebody else's.
  await build({ configFile: join(root, 'build', 'vite.config.ts'), configLoader: 'native', logLevel: 'warn' })
}

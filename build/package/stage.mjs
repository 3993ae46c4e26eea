/**
 * What ships, gathered in two folders of out/package: `shell`, which goes into app.asar (main, preload, the page), and
 * `desk`, which lies beside it as files: core, its workers and the rehearsal centre run under a Node of their own or as
 * utility processes, and load addons and data from disk.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { NOT_BUNDLED } from '../compile/entries.mjs'
import { notices } from '../dependencies/notices.mjs'
import { root } from '../setup/places.mjs'
import { canBuildForOldGlibc, sqliteAddonForOldGlibc } from './sqlite-addon.mjs'

const modules = join(root, 'node_modules')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Files of packages that only their makers need. */
const NEEDLESS =
  /\.(map|md|markdown|ts|mts|cts|flow)$|(^|\/)(test|tests|benchmarks?|docs|examples?|\.github|\.tap|\.nyc_output)\//i
/** Packages of which a few files do. */
const ONLY = {
  'better-sqlite3': new RegExp(
    `^(package\\.json|LICENSE|lib/.*|prebuilds/${process.platform}-${process.arch}\\.node)$`,
  ),
  'tesseract.js-core': /^(package\.json|LICENSE|tesseract-core-simd-lstm\.(js|wasm))$/,
  'zxing-wasm': /^(package\.json|LICENSE|dist\/(reader|es|cjs)\/.*(?<!\.d\.ts))$/,
}
/** Needed to compile only. */
const LEFT_OUT = new Set(['node-addon-api', '@types/emscripten', 'type-fest'])

/**
 * @param {string} productName what the system calls it; the folder of its data has this name
 * @param {string} version
 * @returns {Promise<{shell: string, desk: string}>} the two folders, made anew
 */
export async function stage(productName, version) {
  const home = join(root, 'out', 'package')
  const [shell, desk] = ['shell', 'desk'].map((name) => join(home, name))
  for (const folder of [shell, desk]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(join(folder, 'out', 'app'), { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...shippedManifest(), productName, version }, null, 2))
  }
  const app = join(root, 'out', 'app')
  for (const name of ['main.cjs', 'preload.cjs', 'renderer']) copy(join(app, name), join(shell, 'out', 'app', name))
  // The programs and the parts they read later.
  for (const name of readdirSync(app)) if (name.endsWith('.mjs')) copy(join(app, name), join(desk, 'out', 'app', name))
  cpSync(join(root, 'LICENSE'), join(desk, 'LICENSE'))
  writeFileSync(join(desk, 'THIRD-PARTY-NOTICES.txt'), notices().text)
  stageAssets(join(desk, 'assets'))
  for (const name of shippedPackages()) stagePackage(name, desk)
  if (canBuildForOldGlibc()) {
    const prebuilt = join(desk, 'node_modules', 'better-sqlite3', 'prebuilds', `linux-${process.arch}.node`)
    cpSync(await sqliteAddonForOldGlibc(), prebuilt)
  }
  return { shell, desk }
}

function shippedManifest() {
  const { name, description, license, author, type, main } = manifest
  return { name, description, license, author, type, main }
}

/** Maps are for us: a stack names functions without them. */
function copy(from, to) {
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.map') })
}

function stageAssets(to) {
  for (const name of ['demo', 'icons', 'kernels'])
    cpSync(join(root, 'assets', name), join(to, name), { recursive: true })
  const font = 'NotoSansSC_400Regular.ttf'
  mkdirSync(join(to, 'fonts'))
  cpSync(join(modules, '@expo-google-fonts', 'noto-sans-sc', '400Regular', font), join(to, 'fonts', font))
  mkdirSync(join(to, 'tessdata'))
  for (const language of ['chi_sim', 'chi_tra', 'eng']) {
    const file = `${language}.traineddata.gz`
    cpSync(join(modules, '@tesseract.js-data', language, '4.0.0_best_int', file), join(to, 'tessdata', file))
  }
}

/** The packages that are not bundled, with all they need on this platform. */
export function shippedPackages() {
  const found = new Set()
  const visit = (name) => {
    if (found.has(name) || LEFT_OUT.has(name) || name.includes('musl')) return
    const path = join(modules, ...name.split('/'), 'package.json')
    if (!existsSync(path)) return
    found.add(name)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(path, 'utf8'))
    for (const inner of Object.keys({ ...dependencies, ...optionalDependencies })) visit(inner)
  }
  for (const name of [...NOT_BUNDLED, 'tesseract.js-core']) visit(name)
  return [...found].sort()
}

function stagePackage(name, desk) {
  const from = join(modules, ...name.split('/'))
  const to = join(desk, 'node_modules', ...name.split('/'))
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const inside = relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    const wanted = ONLY[name] ? ONLY[name].test(inside) : !NEEDLESS.test(inside)
    if (!wanted || inside.includes('node_modules/')) continue
    mkdirSync(dirname(join(to, inside)), { recursive: true })
    cpSync(join(from, inside), join(to, inside))
  }
}

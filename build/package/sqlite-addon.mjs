/**
 * The database addon compiled for old desktops: UOS 20 has glibc 2.28, Kylin V10 has 2.31, and the addon that comes
 * with its package needs 2.34. SQLite is compiled with the headers of glibc 2.17 and all is linked with its libraries,
 * taken from the MIT-licensed toolchain of napi-rs; the C++ runtime is linked in. Kept in the cache until its recipe changes.
 */
import { createHash } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, root } from '../setup/places.mjs'
import { fetchRegistryFile } from '../setup/registry-file.mjs'
import { readFromTarball } from '../setup/archives.mjs'
import { say, SetupStop } from '../setup/say.mjs'

/** Headers and libraries of glibc 2.17 for x86-64. */
const SYSROOT = {
  package: '@napi-rs/cross-toolchain-x64-target-x86_64@1.0.0',
  what: 'the glibc 2.17 to link against (49 MB)',
  archive: 'x86_64-unknown-linux-gnu.tar.xz',
  integrity: 'sha512-lecoghCfoTAX9MLFcIx9/nL9M8xdkZ9n8Pki8qjKUNzjiq1zbECdEbzIZAMMHRtrXxifK9dAyYuh8gSxNbr2og==',
}
const BINDING = [
  ...['NAPI_VERSION=10', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', 'NDEBUG'],
  'BUILDING_NODE_EXTENSION',
].map((one) => `-D${one}`)
const COMMON = ['-fPIC', '-O2', '-w']

const addonHome = join(root, 'node_modules', 'better-sqlite3')
const headers = join(root, 'node_modules', `node-linux-${process.arch}`, 'include', 'node')
const napi = join(root, 'node_modules', 'node-addon-api')
const shims = join(root, 'build', 'package', 'old-glibc', 'shims.c')

/** Where such an addon can be made: elsewhere the one of the package is shipped, and the check of glibc says so. */
export const canBuildForOldGlibc = () => process.platform === 'linux' && process.arch === 'x64'

/**
 * @returns {Promise<string>} the path of better_sqlite3.node that needs no glibc above 2.17
 * @throws {SetupStop} without a C++ compiler
 */
export async function sqliteAddonForOldGlibc() {
  const made = join(cacheFolder(), `sqlite-addon-${recipe()}.node`)
  if (existsSync(made)) return made
  const compiler = spawnSync('g++', ['-print-file-name=libstdc++.a'], { encoding: 'utf8' })
  if (compiler.status !== 0)
    throw new SetupStop('A C++ compiler is needed to package for old desktops.', 'apt-get install g++')
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(join(cacheFolder(), 'addon-'))
  try {
    const sysroot = unpackSysroot(work)
    say('compiling the database addon for glibc 2.17 (some minutes, once)')
    await Promise.all([compileSqlite(work, sysroot), compileBinding(work), compileShims(work)])
    await link(work, sysroot, compiler.stdout.trim())
    renameSync(join(work, 'better_sqlite3.node'), made)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return made
}

function recipe() {
  const hash = createHash('sha256').update(SYSROOT.integrity)
  for (const path of [import.meta.filename, shims, join(addonHome, 'package.json')]) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}

function unpackSysroot(work) {
  const archive = join(work, 'sysroot.tar.xz')
  writeFileSync(archive, readFromTarball(fetchRegistryFile(SYSROOT), SYSROOT.archive))
  const part = './x86_64-unknown-linux-gnu/sysroot'
  const { status } = spawnSync('tar', ['-xJf', archive, '-C', work, part], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new SetupStop('The glibc to link against could not be unpacked (tar, xz).')
  return join(work, part)
}

/** The options SQLite is compiled with, as the addon's own build file lists them. */
function sqliteDefines() {
  const list = readFileSync(join(addonHome, 'deps', 'defines.gypi'), 'utf8')
  const defines = [...list.matchAll(/^\s*'([A-Z][A-Z0-9_]*(?:=[^']*)?)',/gm)].map(([, define]) => `-D${define}`)
  if (defines.length < 20) throw new Error('the build file of the database addon has another form')
  return defines
}

function compileSqlite(work, sysroot) {
  const source = join(addonHome, 'deps', 'sqlite3')
  return run('gcc', [
    ...['-c', join(source, 'sqlite3.c'), '-o', join(work, 'sqlite3.o'), `--sysroot=${sysroot}`, '-std=c99', '-DNDEBUG'],
    ...COMMON,
    ...sqliteDefines(),
  ])
}

function compileBinding(work) {
  // With its own copy of sqlite3.h only.
  const include = join(work, 'include')
  mkdirSync(include)
  for (const name of ['sqlite3.h', 'sqlite3ext.h'])
    cpSync(join(addonHome, 'deps', 'sqlite3', name), join(include, name))
  return run('g++', [
    ...['-c', join(addonHome, 'src', 'better_sqlite3.cpp'), '-o', join(work, 'binding.o'), '-std=c++20'],
    ...['-fvisibility=hidden', '-fvisibility-inlines-hidden', '-fno-rtti', '-fno-exceptions', ...COMMON, ...BINDING],
    ...[headers, napi, include].map((folder) => `-I${folder}`),
  ])
}

function compileShims(work) {
  return run('gcc', ['-c', shims, '-o', join(work, 'shims.o'), '-fvisibility=hidden', ...COMMON])
}

/** By hand: the compiler's own link line names the libraries of this machine. */
function link(work, sysroot, libstdcpp) {
  const file = (name) => spawnSync('g++', [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim()
  const lib = join(sysroot, 'usr', 'lib')
  const objects = ['binding.o', 'shims.o', 'sqlite3.o'].map((name) => join(work, name))
  return run('g++', [
    ...['-shared', '-s', '-o', join(work, 'better_sqlite3.node'), '-nostartfiles', '-nodefaultlibs'],
    ...[join(lib, 'crti.o'), file('crtbeginS.o'), ...objects, libstdcpp],
    ...[`-L${join(sysroot, 'lib')}`, `-L${lib}`, `-Wl,--sysroot=${sysroot}`],
    ...['-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-Wl,--gc-sections'],
    ...[
      '-ldl',
      '-lm',
      '-lpthread',
      '-lc',
      file('libgcc.a'),
      file('libgcc_eh.a'),
      file('crtendS.o'),
      join(lib, 'crtn.o'),
    ],
  ])
}

function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 2, 2] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))))
  })
}

// By itself: made ahead, beside what must not be disturbed.
if (import.meta.main) {
  setPriority(19)
  await sqliteAddonForOldGlibc()
}

/** A packed folder read back: whether it is what the configuration meant, whoever made it. */
import { createRequire } from 'node:module'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../setup/places.mjs'
import { fuses } from './builder-config.mjs'
import { glibcBelow, compareVersions } from './elf.mjs'
import { resourcesOf } from './pack.mjs'

const require = createRequire(import.meta.url)
/** The reader of archives that the packer itself writes with. */
const asarOfPacker = () => createRequire(require.resolve('app-builder-lib'))('@electron/asar')

/** UOS 20 has this one; Kylin V10 a newer one. */
export const OLDEST_GLIBC = '2.28'

/**
 * What a package may weigh, MB: a tenth more than it does (2026-11). The rehearsal runtime carries a Node of its own, and
 * its .deb is packed in a hurry. Whoever needs more raises it here, knowingly.
 */
export const LIMITS_MB = {
  rehearsal: { folder: 475, package: 215 },
  official: { folder: 430, package: 130 },
}

/** The wire of fuses in the program, as @electron/fuses names them. */
const WIRE = {
  runAsNode: 'RunAsNode',
  enableCookieEncryption: 'EnableCookieEncryption',
  enableNodeOptionsEnvironmentVariable: 'EnableNodeOptionsEnvironmentVariable',
  enableNodeCliInspectArguments: 'EnableNodeCliInspectArguments',
  enableEmbeddedAsarIntegrityValidation: 'EnableEmbeddedAsarIntegrityValidation',
  onlyLoadAppFromAsar: 'OnlyLoadAppFromAsar',
  loadBrowserProcessSpecificV8Snapshot: 'LoadBrowserProcessSpecificV8Snapshot',
  grantFileProtocolExtraPrivileges: 'GrantFileProtocolExtraPrivileges',
}

/** The machine of an ELF file, from its header. */
const ELF_MACHINES = { x64: 62, arm64: 183 }

/**
 * @param {{folder: string, program: string, runtime: import('../setup/stamp.mjs').ElectronRuntime, version: string}} packed
 * @returns {Promise<{problems: string[], megabytes: number, glibc: {path: string, glibc: string} | undefined}>}
 *   problems: sentences, none when all is as it should be
 */
export async function inspect({ folder, program, runtime, version }) {
  const resources = resourcesOf(folder)
  const files = filesBelow(folder)
  const megabytes = files.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6
  const [glibc] = process.platform === 'linux' ? glibcBelow(folder) : []
  const limit = LIMITS_MB[runtime.kind].folder
  const problems = [
    ...(await fuseProblems(join(folder, program), runtime.kind === 'rehearsal')),
    ...asarProblems(resources, version),
    ...nativeProblems(folder, files),
    ...files.filter((path) => /\.(map|tsx?)$/.test(path)).map((path) => `a source lies in the package: ${path}`),
    ...(megabytes > limit ? [`${megabytes.toFixed(0)} MB unpacked, more than ${limit}`] : []),
  ]
  if (glibc && compareVersions(glibc.glibc, OLDEST_GLIBC) > 0)
    problems.push(`${relative(folder, glibc.path)} needs glibc ${glibc.glibc}: it would not start on UOS 20`)
  return { problems, megabytes, glibc }
}

async function fuseProblems(program, rehearsal) {
  const { getCurrentFuseWire, FuseV1Options, FuseState } = require('@electron/fuses')
  const wire = await getCurrentFuseWire(program)
  return Object.entries(fuses(rehearsal)).flatMap(([name, wanted]) => {
    const found = wire[FuseV1Options[WIRE[name]]]
    // A fuse that this Electron does not know yet cannot be flipped.
    if (found === undefined || found === FuseState.REMOVED) return []
    return (found === FuseState.ENABLE) === wanted ? [] : [`the fuse ${name} is not ${wanted ? 'on' : 'off'}`]
  })
}

/** The shell lies in app.asar only, whole, under the right version. */
function asarProblems(resources, version) {
  const { getRawHeader, extractFile } = asarOfPacker()
  const asar = join(resources, 'app.asar')
  if (!existsSync(asar)) return ['there is no app.asar']
  const problems = existsSync(join(resources, 'app')) ? ['a folder `app` would be loaded instead of app.asar'] : []
  const names = Object.keys(getRawHeader(asar).header.files)
  for (const name of ['package.json', 'out']) if (!names.includes(name)) problems.push(`app.asar holds no ${name}`)
  const withoutHash = hashless(getRawHeader(asar).header)
  if (withoutHash > 0) problems.push(`${withoutHash} files in app.asar have no hash`)
  const manifest = JSON.parse(extractFile(asar, 'package.json').toString())
  if (manifest.version !== version) problems.push(`app.asar calls itself ${manifest.version}, not ${version}`)
  return problems
}

function hashless(entry) {
  if (entry.files) return Object.values(entry.files).reduce((sum, inner) => sum + hashless(inner), 0)
  return entry.integrity || entry.link ? 0 : 1
}

/** Addons lie as files, for this system and processor only. */
function nativeProblems(folder, files) {
  const addons = files.filter((path) => /\.(node|so(\.\d+)*)$/.test(path))
  const needed = ['better-sqlite3', '@img/sharp-', '@napi-rs/keyring-'].filter(
    (name) => !addons.some((path) => path.includes(name)),
  )
  const foreign = process.platform === 'linux' ? addons.filter((path) => machineOf(path) !== ELF_MACHINES[process.arch]) : [] // prettier-ignore
  return [
    ...needed.map((name) => `no addon of ${name} lies in the package`),
    ...foreign.map((path) => `${relative(folder, path)} is not made for ${process.arch}`),
  ]
}

function machineOf(path) {
  const head = Buffer.alloc(20)
  const file = openSync(path)
  readSync(file, head, 0, 20, 0)
  closeSync(file)
  return head.readUInt32BE(0) === 0x7f454c46 ? head.readUInt16LE(18) : 0
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The project's version, where none is asked for. */
export const projectVersion = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

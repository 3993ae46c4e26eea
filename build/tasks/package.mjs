/**
 * `npm run package [-- options]`: packs the desk for this system into out/package, reads the result back and says its size.
 *
 *   --release             with the official Electron only, and this system's installers; without, a package of the
 *                         rehearsal runtime is named so
 *   --version V           another version than package.json's
 *   --to DIR              where the package goes instead of out/package
 *   --updates URL         where this package looks for new versions
 *   --update-key FILE     whose signature they must bear: a public key (PEM) made by --new-update-key
 *   --new-update-key DIR  makes a pair of keys and ends
 *   --feed DIR            puts the package that was made into a folder for a static server or an USB stick, with its feed
 *     --sign FILE           signed by this private key
 *     --percent N           offered to so many of a hundred desks (default 100)
 *   --upgrade             three versions in the real window: updated with work open, and back from one that does not start
 *   --chroot              installs the package into a fresh Debian and runs the demo there
 */
import { statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { compile } from '../compile/index.mjs'
import { builderConfig } from '../package/builder-config.mjs'
import { makeDeb } from '../package/deb.mjs'
import { makeKeyPair, publicKeyText, writeFeed } from '../package/feed.mjs'
import { inspect, LIMITS_MB, projectVersion } from '../package/inspect.mjs'
import { pack, refuseRehearsalInRelease } from '../package/pack.mjs'
import { tryInFreshRoot } from '../package/fresh-root.mjs'
import { root } from '../setup/places.mjs'
import { SetupStop, stopWith } from '../setup/say.mjs'
import { chosenElectron } from '../setup/stamp.mjs'
import { readArguments } from './support/arguments.mjs'
import { runNode } from './support/tool.mjs'

const text = { type: 'string' }
const flag = { type: 'boolean' }

try {
  const values = readArguments({
    ...{ release: flag, chroot: flag, upgrade: flag, version: text, to: text, updates: text, 'update-key': text },
    ...{ 'new-update-key': text, feed: text, sign: text, percent: text },
  })
  if (values['new-update-key']) console.log(`keys: ${makeKeyPair(resolve(values['new-update-key'])).join(', ')}`)
  else if (values.upgrade) process.exitCode = await tryUpgrade()
  else await makePackage(values)
} catch (error) {
  stopWith(error)
}

async function makePackage(wanted) {
  if (wanted.feed && !wanted.sign) throw new SetupStop('A feed must be signed.', '--feed DIR --sign PRIVATE.pem')
  if (wanted.updates && !wanted['update-key'])
    throw new SetupStop('A desk takes no unsigned updates.', '--updates URL --update-key PUBLIC.pem')
  const runtime = chosenElectron()
  if (wanted.release) refuseRehearsalInRelease(runtime)
  const version = wanted.version ?? projectVersion()
  const name = builderConfig(runtime).linux.executableName
  const key = wanted['update-key'] && publicKeyText(wanted['update-key'])
  const updates = key ? { feed: wanted.updates ?? null, key } : undefined
  await compile({ release: true })
  const folder = await pack(runtime, { version, updates, installers: wanted.release })
  const { problems, megabytes, glibc } = await inspect({ folder, program: programIn(name), runtime, version })
  console.log(`program: ${relative(root, folder)} (${megabytes.toFixed(0)} MB)`)
  if (process.platform === 'linux') {
    console.log(`glibc: ${glibc.glibc} needed, by ${relative(folder, glibc.path)}`)
    const to = wanted.to && resolve(wanted.to)
    const deb = makeDeb({
      folder,
      name,
      version,
      packing: runtime.kind === 'rehearsal' ? 'quick' : 'small',
      ...(to ? { to } : {}),
    })
    const size = statSync(deb).size / 1e6
    console.log(`package: ${relative(root, deb)} (${size.toFixed(1)} MB)`)
    const limit = LIMITS_MB[runtime.kind].package
    if (size > limit) problems.push(`the package has grown to ${size.toFixed(1)} MB, more than ${limit}`)
    if (wanted.feed) {
      const percent = Number(wanted.percent ?? 100)
      console.log(`feed: ${writeFeed({ to: resolve(wanted.feed), files: [deb], version, percent, privateKey: wanted.sign })}`) // prettier-ignore
    }
    if (wanted.chroot && problems.length === 0) await tryInFreshRoot(deb, name)
  }
  for (const problem of problems) console.error(`not as it should be: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
  else console.log('read back: fuses, archive and hashes, addons of this system, no sources, size within its limit')
}

async function tryUpgrade() {
  await compile({ release: true })
  return runNode(['tests/upgrade/index.ts'])
}

/** Where the program lies in the folder of this system. */
function programIn(name) {
  if (process.platform === 'darwin') return join('BALIS Desk.app', 'Contents', 'MacOS', 'BALIS Desk')
  return process.platform === 'win32' ? `${name}.exe` : name
}

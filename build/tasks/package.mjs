/**
 * `npm run package [-- --release]`: packs the desk for this system into out/package. With --release only the official
 * Electron is taken; without, a package of the rehearsal runtime is named so.
 */
import { readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { compile } from '../compile/index.mjs'
import { makeDeb } from '../package/deb.mjs'
import { compareVersions, glibcBelow } from '../package/elf.mjs'
import { pack, refuseRehearsalInRelease } from '../package/pack.mjs'
import { builderConfig } from '../package/builder-config.mjs'
import { root } from '../setup/places.mjs'
import { stopWith } from '../setup/say.mjs'
import { chosenElectron } from '../setup/stamp.mjs'

/** UOS 20 has this one. */
const OLDEST_GLIBC = '2.28'

try {
  const runtime = chosenElectron()
  if (process.argv.includes('--release')) refuseRehearsalInRelease(runtime)
  await compile({ release: true })
  const folder = await pack(runtime)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const name = builderConfig(runtime).linux.executableName
  console.log(`program: ${relative(root, folder)}`)
  if (process.platform === 'linux') {
    const [highest] = glibcBelow(folder)
    console.log(`glibc: ${highest.glibc} needed, by ${relative(folder, highest.path)}`)
    const deb = makeDeb({ folder, name, version, quick: runtime.kind === 'rehearsal' })
    console.log(`package: ${relative(root, deb)} (${(statSync(deb).size / 1e6).toFixed(1)} MB)`)
    if (compareVersions(highest.glibc, OLDEST_GLIBC) > 0) {
      console.error(`needs a newer glibc than ${OLDEST_GLIBC}: it would not start on UOS 20`)
      process.exitCode = 1
    }
  }
} catch (error) {
  stopWith(error)
}

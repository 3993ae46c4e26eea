/**
 * The feed of new versions, as electron-updater's generic provider lays it out: `latest-linux.yml` beside the packages on any
 * static server, or on an USB stick. Its text is JSON, which is YAML. Beside it lies a detached Ed25519 signature over its
 * bytes; the desk takes no word of a feed without it (electron/core/update/feed.ts).
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SetupStop } from '../setup/say.mjs'

/** As electron-updater names it for a system and processor. */
export function feedName(platform = process.platform, arch = process.arch) {
  if (platform === 'win32') return 'latest.yml'
  if (platform === 'darwin') return 'latest-mac.yml'
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`
}

/** @returns {[string, string]} the paths of the private key, to be kept away from every server, and of the public one */
export function makeKeyPair(folder) {
  mkdirSync(folder, { recursive: true })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const paths = ['update-private.pem', 'update-public.pem'].map((name) => join(folder, name))
  // Never over a key that desks out there trust.
  const once = { flag: 'wx' }
  writeFileSync(paths[0], privateKey.export({ type: 'pkcs8', format: 'pem' }), { ...once, mode: 0o600 })
  writeFileSync(paths[1], publicKey.export({ type: 'spki', format: 'pem' }), once)
  return paths
}

/** @returns {string} the public key in one line, base64 of its DER form. @throws {SetupStop} when it is none */
export function publicKeyText(path) {
  const key = keyFrom(createPublicKey, path)
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}

/**
 * @param {{to: string, files: string[], version: string, percent: number, privateKey: string, minimumVersion?: string}} release
 *   files: packages of this version; percent: of a hundred desks
 * @returns {string} the path of the feed
 * @throws {SetupStop}
 */
export function writeFeed({ to, files, version, percent, privateKey }) {
  if (!(percent >= 0 && percent <= 100)) throw new SetupStop('--percent is a number from 0 to 100.')
  const key = keyFrom(createPrivateKey, privateKey)
  mkdirSync(to, { recursive: true })
  const entries = files.map((path) => {
    const url = basename(path)
    copyFileSync(path, join(to, url))
    const bytes = readFileSync(path)
    return { url, sha512: createHash('sha512').update(bytes).digest('base64'), size: statSync(path).size }
  })
  const feed = {
    version,
    files: entries,
    path: entries[0].url,
    sha512: entries[0].sha512,
    releaseDate: new Date().toISOString(),
    ...(percent < 100 ? { stagingPercentage: percent } : {}),
  }
  const path = join(to, feedName())
  const text = Buffer.from(`${JSON.stringify(feed, null, 2)}\n`)
  // The signature first: a desk that looks between the two finds none that fits, and looks again later.
  writeFileSync(`${path}.sig`, `${sign(null, text, key).toString('base64')}\n`)
  writeFileSync(path, text)
  return path
}

function keyFrom(read, path) {
  try {
    const key = read(readFileSync(path))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Said below.
  }
  throw new SetupStop(`${path} is no Ed25519 key.`, 'npm run package -- --new-update-key DIR')
}

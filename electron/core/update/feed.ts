/**
 * What a feed of new versions says, and whether it may be believed: the form of electron-updater's generic provider
 * (`latest-linux.yml`, its text JSON), signed as a whole with Ed25519. The key is part of the package, so whoever holds the server,
 * the line or the stick can withhold a version but not make one, and never an older one.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import * as z from 'zod'
import { DeskError } from '../../contract/errors.ts'
import type { PackageKind } from '../../contract/host-link.ts'
import { compareVersions, VERSION } from '../../contract/version.ts'

/** Far above any real one. */
export const LARGEST_FEED = 64 * 1024
const LARGEST_PACKAGE = 2_000_000_000

const FeedFile = z.object({
  /** A name beside the feed, never another address. */
  url: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/),
  /** base64 */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  size: z.int().min(1).max(LARGEST_PACKAGE),
})
export type FeedFile = z.infer<typeof FeedFile>

const Feed = z.object({
  version: z.string().regex(VERSION),
  files: z.array(FeedFile).min(1).max(20),
  releaseDate: z.iso.datetime().optional(),
  /** Of a hundred desks. */
  stagingPercentage: z.number().min(0).max(100).optional(),
})
export type Feed = z.infer<typeof Feed>

/** How electron-builder names the feed of a system. */
export function feedName(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'win32') return 'latest.yml'
  if (platform === 'darwin') return 'latest-mac.yml'
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`
}

/**
 * @param signature base64, as in `latest-linux.yml.sig`
 * @param key the built-in public key: SPKI, DER in base64
 * @throws DeskError update_unsigned
 */
export function readFeed(bytes: Uint8Array, signature: string, key: string): Feed {
  try {
    const spki = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    if (spki.asymmetricKeyType === 'ed25519' && verify(null, bytes, spki, Buffer.from(signature, 'base64')))
      return Feed.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (error) {
    throw new DeskError('update_unsigned', {}, { cause: error })
  }
  throw new DeskError('update_unsigned')
}

const ENDINGS: Record<PackageKind, RegExp> = {
  deb: /_(amd64|arm64)\.deb$/,
  appimage: /\.AppImage$/,
  nsis: /\.exe$/,
  dmg: /\.dmg$/,
}
const DEBIAN_NAMES: Record<string, string> = { x64: '_amd64.deb', arm64: '_arm64.deb' }

/** The file for a desk that was installed this way, when the feed's version is newer than it; else undefined. */
export function newerFile(feed: Feed, current: string, kind: PackageKind, arch: string): FeedFile | undefined {
  if (compareVersions(feed.version, current) <= 0) return undefined
  const fits = feed.files.filter(({ url }) => ENDINGS[kind].test(url))
  return kind === 'deb' ? fits.find(({ url }) => url.endsWith(DEBIAN_NAMES[arch] ?? '\0')) : fits[0]
}

/** Whether a staged version is this desk's already. The same desks stay the first ones while the share of a version grows. */
export function isOffered(feed: Feed, desk: string): boolean {
  const { stagingPercentage = 100, version } = feed
  const place = createHash('sha256').update(`${version} ${desk}`).digest().readUInt32BE(0) / 2 ** 32
  return place * 100 < stagingPercentage
}

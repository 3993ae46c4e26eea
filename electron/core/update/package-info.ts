/** What this package is, as far as updates are concerned. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { PackageKind } from '../../contract/host-link.ts'
import { appRoot, runsFromSource } from '../host/places.ts'

export interface PackageInfo {
  kind: PackageKind
  /** The address of the feed; null: versions come by folder only, `none`: the administrator installs them. */
  feed: string | null
  /** Public key that feeds are signed with: SPKI, DER in base64. */
  key: string
}

const Written = z.object({ feed: z.url({ protocol: /^https?$/ }).nullable(), key: z.string().min(1) })

/**
 * @param wanted what the machine's administrator says: an address, or `none`
 * @returns null where there is nothing to update: run from source, or packed without a key
 */
export function packageInfo(kind: PackageKind | undefined, wanted?: string): PackageInfo | null {
  const path = join(appRoot, 'updates.json')
  if (!kind || runsFromSource || !existsSync(path)) return null
  const written = Written.parse(JSON.parse(readFileSync(path, 'utf8')))
  return { kind, key: written.key, feed: wanted ?? written.feed }
}

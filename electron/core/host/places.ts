/** Where this program's own files lie, the same from source and from the bundle. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)

/** True when the sources run as they are (tests, command line), false in the compiled app. */
export const runsFromSource = here.endsWith('.ts')

/** The folder with package.json: the source tree, or the app's folder when packaged. */
export const appRoot = findRoot(dirname(here))

/** A file that ships with the app, such as `assetPath('fonts/name.ttf')`. */
export function assetPath(name: string): string {
  return join(appRoot, 'assets', name)
}

const manifest = () =>
  JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as { version: string; productName: string }

/** The version of what runs here, read from the package.json beside it. */
export const appVersion = (): string => manifest().version

/** What the system calls the app; the folder of its data has this name. */
export const productName = (): string => manifest().productName

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('the app is not complete: no folder with package.json')
  return findRoot(parent)
}

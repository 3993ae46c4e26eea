/** Whose page a file in a watched folder is, by the library's rule. */

export type Naming = 'folder' | 'file' | 'none'
export type Route = { kind: 'request'; id: string } | { kind: 'unknown_folder'; folder: string } | { kind: 'unnamed' }

/** Two letters and eight digits that are not part of a longer word or number; a file name may join it by "_" or "-". */
const REQUEST_NUMBER = /(?<![A-Z0-9])[A-Z]{2}\d{8}(?!\d)/

const numberIn = (text: string): string | undefined => REQUEST_NUMBER.exec(text.normalize('NFKC').toUpperCase())?.[0]

/** @param name path inside the watched folder, with slashes */
export function routeFile(name: string, naming: Naming): Route {
  const segments = name.split('/')
  const folders = segments.slice(0, -1)
  if (naming === 'file') {
    const id = numberIn(segments.at(-1)!)
    return id ? { kind: 'request', id } : { kind: 'unnamed' }
  }
  if (naming === 'none' || folders.length === 0) return { kind: 'unnamed' }
  // The innermost folder that names a request wins: a year or a person may have folders above it.
  const id = folders.toReversed().map(numberIn).find(Boolean)
  return id ? { kind: 'request', id } : { kind: 'unknown_folder', folder: folders.join('/') }
}

import { readFile, writeFile } from 'node:fs/promises'

/**
 * Results of workers cross to core as plain JSON; their bytes go through a file in the job's scratch folder. In the
 * JSON a byte array stands as its place in that file.
 */
interface Place {
  readonly $bytes: readonly [offset: number, length: number]
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' && value !== null && Array.isArray((value as Place).$bytes)

/** Moves every byte array of `value` into `file` and returns the rest. */
export async function sendBytes(value: unknown, file: string): Promise<unknown> {
  const parts: Uint8Array[] = []
  let offset = 0
  const replace = (part: unknown): unknown => {
    if (part instanceof Uint8Array) {
      parts.push(part)
      offset += part.length
      return { $bytes: [offset - part.length, part.length] }
    }
    if (Array.isArray(part)) return part.map(replace)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, replace(inner)]))
  }
  const rest = replace(value)
  if (parts.length > 0) await writeFile(file, parts)
  return rest
}

/** The reverse of `sendBytes`. */
export async function receiveBytes<T>(value: unknown, file: string): Promise<T> {
  let bytes: Uint8Array | null = null
  const find = async (part: unknown): Promise<unknown> => {
    if (isPlace(part)) {
      bytes ??= await readFile(file)
      return bytes.subarray(part.$bytes[0], part.$bytes[0] + part.$bytes[1])
    }
    if (Array.isArray(part)) return Promise.all(part.map(find))
    if (typeof part !== 'object' || part === null) return part
    const entries = await Promise.all(
      Object.entries(part).map(async ([key, inner]) => [key, await find(inner)] as const),
    )
    return Object.fromEntries(entries)
  }
  return (await find(value)) as T
}

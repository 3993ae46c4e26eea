/** A ZIP written as it grows: each entry is packed while its bytes come, nothing is kept but the list of entries. */
import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'

const UTF8 = 0x800
/** Sizes follow the bytes: they are not known before. */
const SIZES_FOLLOW = 8
const DEFLATED = 8
/** 1980-01-01, the earliest a ZIP can tell: the same table is the same file. */
const DATE = 0x21
const VERSION = 20

export interface ZipEntry {
  /** ASCII. */
  name: string
  bytes: AsyncIterable<string> | Iterable<string>
}

interface Written {
  name: Buffer
  crc: number
  packed: number
  size: number
  at: number
}

/** @throws RangeError when it would outgrow what readers without ZIP64 open (4 GB) */
export async function* zipOf(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const done: Written[] = []
  let at = 0
  for await (const { name, bytes } of entries) {
    const entry: Written = { name: Buffer.from(name, 'ascii'), crc: 0, packed: 0, size: 0, at }
    const head = localHead(entry)
    yield head
    for await (const chunk of packed(bytes, entry)) {
      entry.packed += chunk.length
      yield chunk
    }
    if (entry.size > 0xffffffff || at + entry.packed > 0xf0000000) throw new RangeError('table too large')
    const tail = sizes(entry)
    yield tail
    at += head.length + entry.packed + tail.length
    done.push(entry)
  }
  const directory = Buffer.concat(done.map(directoryHead))
  yield directory
  yield endOf(done.length, directory.length, at)
}

/** Packs on the thread pool; the next text is asked for when the one before was taken. */
async function* packed(bytes: ZipEntry['bytes'], entry: Written): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: 3, memLevel: 9 })
  const feed = async () => {
    for await (const text of bytes) {
      const chunk = Buffer.from(text, 'utf8')
      entry.crc = crc32(chunk, entry.crc)
      entry.size += chunk.length
      if (!deflate.write(chunk)) await once(deflate, 'drain')
    }
    deflate.end()
  }
  const fed = feed().catch((error: Error) => deflate.destroy(error))
  try {
    for await (const chunk of deflate) yield chunk as Buffer
  } finally {
    deflate.destroy()
  }
  await fed
}

function localHead({ name }: Written): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(UTF8 | SIZES_FOLLOW, 6)
  head.writeUInt16LE(DEFLATED, 8)
  head.writeUInt16LE(DATE, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function sizes({ crc, packed: packedSize, size }: Written): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(crc, 4)
  tail.writeUInt32LE(packedSize, 8)
  tail.writeUInt32LE(size, 12)
  return tail
}

function directoryHead({ name, crc, packed: packedSize, size, at }: Written): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(VERSION, 6)
  head.writeUInt16LE(UTF8 | SIZES_FOLLOW, 8)
  head.writeUInt16LE(DEFLATED, 10)
  head.writeUInt16LE(DATE, 14)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packedSize, 20)
  head.writeUInt32LE(size, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE(at, 42)
  return Buffer.concat([head, name])
}

function endOf(entries: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(at, 16)
  return end
}

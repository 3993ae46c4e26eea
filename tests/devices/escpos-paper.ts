/**
 * What an ESC/POS printer would put on paper, read by Epson's command reference and not by our writer: pictures of the
 * pages, one a cut. Commands that it does not know are an error: a printer would print them as rubbish.
 */

export interface PrintedPaper {
  width: number
  height: number
  /** 0 is black. */
  grey: Buffer
}

/** Height of a line feed in dots: ESC 2, 1/6 inch at 203 dpi. */
const LINE = 34

export function escPosPaper(bytes: Uint8Array): PrintedPaper[] {
  const data = Buffer.from(bytes)
  const pages: PrintedPaper[] = []
  let rows: { bits: Buffer; width: number }[] = []
  const feed = (dots: number) => {
    for (let i = 0; i < dots; i++) rows.push({ bits: Buffer.alloc(0), width: 0 })
  }
  const cut = () => {
    const width = Math.max(0, ...rows.map((row) => row.width))
    const grey = Buffer.alloc(width * rows.length, 255)
    rows.forEach(({ bits, width: own }, y) => {
      for (let x = 0; x < own; x++) if ((bits[x >> 3]! >> (7 - (x & 7))) & 1) grey[y * width + x] = 0
    })
    if (rows.length > 0) pages.push({ width, height: rows.length, grey })
    rows = []
  }
  let line = LINE
  for (let at = 0; at < data.length;) {
    const [a, b] = [data[at]!, data[at + 1]!]
    if (a === 0x0a) {
      feed(line)
      at += 1
    } else if (a === 0x0d) at += 1
    else if (a === 0x1b && b === 0x40) at += 2
    else if (a === 0x1b && b === 0x64) {
      feed(data[at + 2]! * line)
      at += 3
    } else if (a === 0x1b && b === 0x33) {
      line = data[at + 2]!
      at += 3
    } else if (a === 0x1b && b === 0x32) {
      line = LINE
      at += 2
    } else if (a === 0x1b && (b === 0x61 || b === 0x74 || b === 0x4d)) at += 3
    else if (a === 0x1c && b === 0x2e) at += 2
    else if (a === 0x1d && b === 0x56) {
      cut()
      at += data[at + 2]! >= 65 ? 4 : 3
    } else if (a === 0x1d && b === 0x28) at += 5 + data.readUInt16LE(at + 3)
    else if (a === 0x1d && b === 0x76 && data[at + 2] === 0x30 && data[at + 3] === 0) {
      const stride = data.readUInt16LE(at + 4)
      const height = data.readUInt16LE(at + 6)
      at += 8
      for (let y = 0; y < height; y++, at += stride)
        rows.push({ bits: data.subarray(at, at + stride), width: stride * 8 })
      if (at > data.length) throw new Error('the picture is longer than the stream')
    } else throw new Error(`a printer would print rubbish at ${at}: ${data.subarray(at, at + 6).toString('hex')}`)
  }
  cut()
  return pages
}

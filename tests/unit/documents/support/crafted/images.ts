/** Images of every depth, colour space and coding, large enough to be worth coding anew. */
import { deflateSync } from 'node:zlib'
import { encodeG4 } from '../../../../../electron/core/documents/bilevel/g4.ts'
import { encodeJbig2 } from '../../../../../electron/core/documents/bilevel/jbig2.ts'
import { flate, stream, type RawObject } from '../raw-pdf.ts'
import { content, N, say, type CraftedFile } from './parts.ts'

const SIDE = 160
const HEAD = `/Type/XObject/Subtype/Image/Width ${SIDE}/Height ${SIDE}`

/** Slanted waves, another one for each colour, as samples from 0 to 1. */
function sampleAt(x: number, y: number, colour: number): number {
  return (Math.sin((x * (colour + 1)) / 17 + y / (9 + colour * 4)) + 1) / 2
}

/** The picture packed at so many bits a sample, rows filled to bytes. */
function samples(colours: number, bits: number, side = SIDE): Buffer {
  const stride = Math.ceil((side * colours * bits) / 8)
  const out = Buffer.alloc(stride * side)
  for (let y = 0; y < side; y++)
    for (let i = 0; i < side * colours; i++) {
      const value = Math.round(sampleAt(Math.floor(i / colours), y, i % colours) * (2 ** bits - 1))
      if (bits === 16) out.writeUInt16BE(value, y * stride + i * 2)
      else out[y * stride + ((i * bits) >> 3)]! |= value << (8 - bits - ((i * bits) & 7))
    }
  return out
}

/** Rows coded as differences (TIFF's predictor 2) of eight or sixteen bits. */
function differences(data: Buffer, colours: number, bits: 8 | 16): Buffer {
  const out = Buffer.from(data)
  const wide = bits / 8
  const stride = SIDE * colours * wide
  for (let row = 0; row < SIDE; row++)
    for (let i = SIDE * colours - 1; i >= colours; i--) {
      const at = row * stride + i * wide
      const before = at - colours * wide
      if (bits === 8) out[at] = (data[at]! - data[before]!) & 255
      else out.writeUInt16BE((data.readUInt16BE(at) - data.readUInt16BE(before)) & 0xffff, at)
    }
  return out
}

/** Every row as PNG's filter of the given number codes it. */
function pngRows(data: Buffer, stride: number, pixel: number, filter: 0 | 1 | 2): Buffer {
  const rows: Buffer[] = []
  for (let at = 0; at < data.length; at += stride) {
    const row = Buffer.alloc(stride + 1)
    row[0] = filter
    for (let i = 0; i < stride; i++) {
      const guess =
        filter === 1 ? (i >= pixel ? data[at + i - pixel]! : 0) : filter === 2 && at > 0 ? data[at + i - stride]! : 0
      row[i + 1] = (data[at + i]! - guess) & 255
    }
    rows.push(row)
  }
  return Buffer.concat(rows)
}

/** LZW that only ever writes single bytes and clears its table in time, which every decoder must take. */
function lzw(data: Buffer): Buffer {
  const bits: number[] = []
  const put = (code: number): void => {
    for (let i = 8; i >= 0; i--) bits.push((code >> i) & 1)
  }
  data.forEach((byte, i) => {
    if (i % 200 === 0) put(256)
    put(byte)
  })
  put(257)
  const out = Buffer.alloc(Math.ceil(bits.length / 8))
  bits.forEach((bit, i) => (out[i >> 3]! |= bit << (7 - (i & 7))))
  return out
}

const TINT = '<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .8 1 .1]/N 1>>'
const TWO_TINTS =
  '<</FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1 0 1]/Length 16>>\nstream\n{0 exch 0 exch }\nendstream'
const SPACES: Readonly<Record<string, readonly [string, number]>> = {
  grey: ['/DeviceGray', 1],
  rgb: ['/DeviceRGB', 3],
  cmyk: ['/DeviceCMYK', 4],
  'calibrated grey': ['[/CalGray<</WhitePoint[.95 1 1.09]/Gamma 2.2>>]', 1],
  'calibrated rgb': ['[/CalRGB<</WhitePoint[.95 1 1.09]/Gamma[2.2 2.2 2.2]>>]', 3],
  lab: ['[/Lab<</WhitePoint[.96 1 .82]/Range[-100 100 -100 100]>>]', 3],
  'a profile that is lost': [`[/ICCBased 99 0 R]`, 3],
  'a separation': [`[/Separation/Gold/DeviceCMYK${TINT}]`, 1],
  'several inks': [`[/DeviceN[/A/B]/DeviceCMYK ${N + 2} 0 R]`, 2],
}
const MORE: Readonly<Record<string, string>> = {
  'as it is': '',
  inverted: '/Decode INVERTED',
  'with a colour that is clear': '/Mask CLEAR',
  'with soft edges': `/SMask ${N + 1} 0 R`,
  'with hard edges': `/Mask ${N + 3} 0 R`,
}

const EXTRA: readonly RawObject[] = [
  { number: N + 1, body: flate(`${HEAD}/ColorSpace/DeviceGray/BitsPerComponent 8`, samples(1, 8)) },
  { number: N + 2, body: TWO_TINTS },
  { number: N + 3, body: flate(`${HEAD}/ImageMask true/BitsPerComponent 1`, samples(1, 1)) },
]

const shown = (image: Buffer, extra = EXTRA): Buffer =>
  content(`q 300 0 0 300 72 450 cm /Im Do Q ${say('under an image')}`, `/XObject<</Im ${N} 0 R>>`, [
    { number: N, body: image },
    ...extra,
  ])

function pictured(space: string, colours: number, bits: number, more: string): Buffer {
  const entries = more
    .replace('INVERTED', `[${'1 0 '.repeat(colours)}]`)
    .replace('CLEAR', `[${`0 ${2 ** Math.max(1, bits - 1)} `.repeat(colours)}]`)
  return shown(flate(`${HEAD}/ColorSpace${space}/BitsPerComponent ${bits}${entries}`, samples(colours, bits)))
}

const palette = (colours: number): string =>
  Array.from({ length: colours * 3 }, (_, i) => ((i * 83) & 255).toString(16).padStart(2, '0')).join('')

const bilevel = { width: SIDE, height: SIDE, stride: SIDE / 8, bits: samples(1, 1) }
const coded = (filter: string, data: Buffer, entries = '/ColorSpace/DeviceRGB/BitsPerComponent 8'): Buffer =>
  shown(stream(`${HEAD}${entries}/Filter${filter}`, data))
const rgb = samples(3, 8)
const parms = (predictor: number, more = ''): string =>
  `/DecodeParms<</Predictor ${predictor}/Colors 3/Columns ${SIDE}${more}>>`

export const IMAGES: readonly CraftedFile[] = [
  ...Object.entries(SPACES).flatMap(([name, [space, colours]]) =>
    [1, 2, 4, 8, 16].flatMap((bits) =>
      Object.entries(MORE)
        .filter(([more]) => bits === 8 || bits === 16 || more === 'as it is')
        .map(([more, entries]) => ({
          name: `an image of ${name}, ${bits} bits, ${more}`,
          bytes: pictured(space, colours, bits, entries),
        })),
    ),
  ),
  ...[1, 2, 4, 8].map((bits) => ({
    name: `an image of a palette, ${bits} bits`,
    bytes: pictured(`[/Indexed/DeviceRGB ${2 ** bits - 1}<${palette(2 ** bits)}>]`, 1, bits, ''),
  })),
  {
    name: 'an image of a palette that is too short',
    bytes: pictured(`[/Indexed/DeviceRGB 255<${palette(9)}>]`, 1, 8, ''),
  },
  {
    name: 'an image of a palette of a palette',
    bytes: pictured('[/Indexed[/Indexed/DeviceRGB 1<000000ffffff>]1<0001>]', 1, 1, ''),
  },
  ...([0, 1, 2] as const).map((filter) => ({
    name: `an image of PNG's rows, filter ${filter}`,
    bytes: coded(
      '/FlateDecode',
      deflateSync(pngRows(rgb, SIDE * 3, 3, filter)),
      `/ColorSpace/DeviceRGB/BitsPerComponent 8${parms(15)}`,
    ),
  })),
  {
    name: 'an image of differences',
    bytes: coded(
      '/FlateDecode',
      deflateSync(differences(rgb, 3, 8)),
      `/ColorSpace/DeviceRGB/BitsPerComponent 8${parms(2)}`,
    ),
  },
  {
    name: 'an image of differences of sixteen bits',
    bytes: coded(
      '/FlateDecode',
      deflateSync(differences(samples(3, 16), 3, 16)),
      `/ColorSpace/DeviceRGB/BitsPerComponent 16${parms(2, '/BitsPerComponent 16')}`,
    ),
  },
  { name: 'an image of LZW', bytes: coded('/LZWDecode', lzw(rgb)) },
  {
    name: 'an image of LZW and differences',
    bytes: coded('/LZWDecode', lzw(differences(rgb, 3, 8)), `/ColorSpace/DeviceRGB/BitsPerComponent 8${parms(2)}`),
  },
  {
    name: 'an image of LZW and differences of sixteen bits',
    bytes: coded(
      '/LZWDecode',
      lzw(differences(samples(3, 16), 3, 16)),
      `/ColorSpace/DeviceRGB/BitsPerComponent 16${parms(2, '/BitsPerComponent 16')}`,
    ),
  },
  {
    name: 'an image of LZW and PNG rows',
    bytes: coded(
      '/LZWDecode',
      lzw(pngRows(rgb, SIDE * 3, 3, 1)),
      `/ColorSpace/DeviceRGB/BitsPerComponent 8${parms(11)}`,
    ),
  },
  { name: 'an image of hexadecimal digits', bytes: coded('/ASCIIHexDecode', Buffer.from(`${rgb.toString('hex')}>`)) },
  {
    name: 'an image of hexadecimal digits and LZW',
    bytes: coded('[/AHx/LZW]', Buffer.from(`${lzw(rgb).toString('hex')}>`)),
  },
  {
    name: 'an image of fax',
    bytes: coded(
      `/CCITTFaxDecode/DecodeParms<</K -1/Columns ${SIDE}/Rows ${SIDE}>>`,
      Buffer.from(encodeG4(bilevel)),
      '/ColorSpace/DeviceGray/BitsPerComponent 1',
    ),
  },
  {
    name: 'an image of fax, black is 1, packed again',
    bytes: coded(
      `[/FlateDecode/CCITTFaxDecode]/DecodeParms[null<</K -1/Columns ${SIDE}/BlackIs1 true>>]`,
      deflateSync(encodeG4(bilevel)),
      '/ColorSpace/DeviceGray/BitsPerComponent 1',
    ),
  },
  {
    name: 'an image of JBIG2',
    bytes: coded('/JBIG2Decode', Buffer.from(encodeJbig2(bilevel)), '/ColorSpace/DeviceGray/BitsPerComponent 1'),
  },
  {
    name: 'a stencil of JBIG2 turned over',
    bytes: coded('/JBIG2Decode/Decode[1 0]', Buffer.from(encodeJbig2(bilevel)), '/ImageMask true/BitsPerComponent 1'),
  },
  {
    name: 'an image in a palette of two colours, black and white',
    bytes: pictured('[/Indexed/DeviceRGB 1<ff8000000080>]', 1, 1, '/Decode[1 0]'),
  },
  {
    name: 'an image whose soft edges are matte',
    bytes: shown(flate(`${HEAD}/ColorSpace/DeviceRGB/BitsPerComponent 8/SMask ${N + 1} 0 R`, rgb), [
      { number: N + 1, body: flate(`${HEAD}/ColorSpace/DeviceGray/BitsPerComponent 8/Matte[0 0 0]`, samples(1, 8)) },
    ]),
  },
  {
    name: 'an image with alternates',
    bytes: pictured('/DeviceRGB', 3, 8, `/Alternates[<</Image ${N + 1} 0 R/DefaultForPrinting true>>]`),
  },
  {
    name: 'an image with a rendering intent',
    bytes: pictured('/DeviceRGB', 3, 8, '/Intent/Perceptual/Interpolate true'),
  },
  {
    name: 'an image with more rows than it says',
    bytes: shown(
      flate(`${HEAD.replace(`Height ${SIDE}`, `Height ${SIDE / 2}`)}/ColorSpace/DeviceRGB/BitsPerComponent 8`, rgb),
    ),
  },
  {
    name: 'an image with fewer rows than it says',
    bytes: shown(
      flate(`${HEAD.replace(`Height ${SIDE}`, `Height ${SIDE * 2}`)}/ColorSpace/DeviceRGB/BitsPerComponent 8`, rgb),
    ),
  },
  {
    name: 'an inline image of every short name',
    bytes: content(
      `q 90 0 0 90 72 600 cm BI /W 4 /H 4 /BPC 8 /CS /RGB /F [/AHx] /I true ID ${samples(3, 8, 4).toString('hex')}> EI Q ${say('after it')}`,
    ),
  },
  {
    name: 'an inline image packed by Flate',
    bytes: content(
      `q 90 0 0 90 72 600 cm BI /W 16 /H 16 /BPC 8 /CS /G /F /Fl ID ${deflateSync(samples(1, 8, 16)).toString('latin1')} EI Q ${say('after it')}`,
    ),
  },
  {
    name: 'an inline image of a named space',
    bytes: content(
      `q 90 0 0 90 72 600 cm BI /W 4 /H 4 /BPC 8 /CS /Own ID ${'\x10\x80\xf0\x40'.repeat(4)} EI Q ${say('after it')}`,
      '/ColorSpace<</Own[/Indexed/DeviceRGB 255 <00>]>>',
    ),
  },
]

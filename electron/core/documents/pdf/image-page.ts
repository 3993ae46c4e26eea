import { DocumentError } from '../errors.ts'
import type { JpegLayer, Layer, PageLayers, PngLayer, StencilLayer } from '../raster/layers.ts'
import { digestOf, hashOfDigests } from './page-hash.ts'
import { readJpegHeader, withoutPrivateData } from './jpeg-header.ts'
import type { ObjectFile } from './object-file.ts'
import { cm, concatenate, num, ref, type Matrix } from './syntax.ts'

export interface WrittenImagePage {
  /** Points. */
  readonly width: number
  readonly height: number
  /** Entries for the page's /XObject dictionary. */
  readonly xObjects: string
  readonly content: string
  /** See pdf/page-hash.ts. */
  readonly hash: string
  readonly bytes: number
}

/** EXIF orientations 1-8 as matrices of the unit square. */
const ORIENTATION: readonly Matrix[] = [
  [1, 0, 0, 1, 0, 0],
  [-1, 0, 0, 1, 1, 0],
  [-1, 0, 0, -1, 1, 1],
  [1, 0, 0, -1, 0, 1],
  [0, -1, -1, 0, 1, 1],
  [0, -1, 1, 0, 0, 1],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, 1, 0],
]
const QUARTER_TURNS: Readonly<Record<number, Matrix>> = {
  0: ORIENTATION[0]!,
  90: ORIENTATION[5]!,
  180: ORIENTATION[2]!,
  270: ORIENTATION[7]!,
}

/** Writes the page's images and returns what its page object needs. */
export async function writeImagePage(file: ObjectFile, page: PageLayers): Promise<WrittenImagePage> {
  const scale = 72 / page.dpi
  const height = page.height * scale
  const digests: string[] = []
  let content = ''
  let xObjects = ''
  let bytes = 0
  for (const [i, layer] of page.layers.entries()) {
    const { object, data } = await writeLayer(file, layer)
    for (const part of data) {
      digests.push(digestOf(part))
      bytes += part.length
    }
    xObjects += `/I${i} ${ref(object)}`
    const ink = layer.kind === 'stencil' && !layer.colours ? `${num(layer.ink)} g ` : ''
    content += `q ${ink}${cm(placement(layer, scale, height))} /I${i} Do Q\n`
  }
  return { width: page.width * scale, height, xObjects, content, hash: hashOfDigests(digests), bytes }
}

function placement(layer: Layer, scale: number, pageHeight: number): Matrix {
  const { x0, y0, x1, y1 } = layer.box
  const place: Matrix = [(x1 - x0) * scale, 0, 0, (y1 - y0) * scale, x0 * scale, pageHeight - y1 * scale]
  if (layer.kind !== 'jpeg') return place
  const upright = concatenate(
    ORIENTATION[(layer.orientation ?? 1) - 1] ?? ORIENTATION[0]!,
    QUARTER_TURNS[layer.rotate ?? 0]!,
  )
  return concatenate(upright, place)
}

async function writeLayer(file: ObjectFile, layer: Layer): Promise<{ object: number; data: Uint8Array[] }> {
  if (layer.kind === 'jpeg') return writeJpeg(file, layer)
  if (layer.kind === 'png') return writePng(file, layer)
  return writeStencil(file, layer)
}

async function writeJpeg(file: ObjectFile, layer: JpegLayer): Promise<{ object: number; data: Uint8Array[] }> {
  const object = file.allocate()
  const data = withoutPrivateData(layer.data)
  await file.stream(object, jpegEntries(data), data)
  return { object, data: [data] }
}

function jpegEntries(jpeg: Uint8Array): string {
  const header = readJpegHeader(jpeg)
  if (!header) throw new DocumentError('damaged_image')
  const space = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' }[header.components]
  const decode = header.components === 4 && header.adobe ? '/Decode[1 0 1 0 1 0 1 0]' : ''
  return `${imageEntries(header.width, header.height)}/ColorSpace${space}/BitsPerComponent 8${decode}/Filter/DCTDecode`
}

const imageEntries = (width: number, height: number): string =>
  `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}`

async function writePng(file: ObjectFile, layer: PngLayer): Promise<{ object: number; data: Uint8Array[] }> {
  const object = file.allocate()
  const { width, height, components, bits } = layer
  const space = components === 3 ? '/DeviceRGB' : '/DeviceGray'
  const parameters = `/Predictor 15/Colors ${components}/BitsPerComponent ${bits}/Columns ${width}`
  const entries = `${imageEntries(width, height)}/ColorSpace${space}/BitsPerComponent ${bits}`
  await file.stream(object, `${entries}/Filter/FlateDecode/DecodeParms<<${parameters}>>`, layer.data)
  return { object, data: [layer.data] }
}

/** Black decodes to 0 with both codecs, which is what an image mask paints by default. */
async function writeStencil(file: ObjectFile, layer: StencilLayer): Promise<{ object: number; data: Uint8Array[] }> {
  const mask = file.allocate()
  const { width, height } = layer
  const filter =
    layer.codec === 'jbig2'
      ? '/Filter/JBIG2Decode'
      : `/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns ${width}/Rows ${height}>>`
  await file.stream(mask, `${imageEntries(width, height)}/ImageMask true/BitsPerComponent 1${filter}`, layer.data)
  if (!layer.colours) return { object: mask, data: [layer.data] }
  const colour = file.allocate()
  await file.stream(colour, `${jpegEntries(layer.colours)}/Mask ${ref(mask)}`, layer.colours)
  return { object: colour, data: [layer.colours, layer.data] }
}

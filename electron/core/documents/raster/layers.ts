import type { OcrLine } from '../ocr/recognise.ts'
import type { PageChoice } from '../types.ts'
import type { Rectangle } from './raster.ts'

/** A JPEG as it will stand in the PDF. Its component count is read from its own header, never assumed. */
export interface JpegLayer {
  readonly kind: 'jpeg'
  readonly data: Uint8Array
  readonly box: Rectangle
  /** EXIF orientation 1-8 to be applied by the page's matrix, followed by `rotate`. */
  readonly orientation?: number
  readonly rotate?: number
}

/** Losslessly coded samples: the concatenated IDAT data of a PNG, which is PDF's Flate with PNG prediction. */
export interface PngLayer {
  readonly kind: 'png'
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly components: 1 | 3
  readonly bits: 1 | 2 | 4 | 8 | 16
  readonly box: Rectangle
}

/** Ink painted through a bilevel stencil. */
export interface StencilLayer {
  readonly kind: 'stencil'
  readonly codec: 'jbig2' | 'g4'
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly box: Rectangle
  /** Grey level of the ink, 0 = black. */
  readonly ink: number
  /** Colours of the ink: a coarse JPEG stretched over the same box. */
  readonly colours?: Uint8Array
}

export type Layer = JpegLayer | PngLayer | StencilLayer

/** A page ready to be written, painted from the first layer to the last. Boxes are in pixels, y downwards. */
export interface PageLayers {
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly layers: readonly Layer[]
  readonly choice: PageChoice
  readonly blank: boolean
  /** What was read on the page, where that was wished. */
  readonly text?: readonly OcrLine[]
  readonly bytesIn: number
}

export const layerBytes = (layers: readonly Layer[]): number =>
  layers.reduce((sum, layer) => {
    const colours = layer.kind === 'stencil' ? (layer.colours?.length ?? 0) : 0
    return sum + layer.data.length + colours
  }, 0)

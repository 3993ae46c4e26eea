/** The reading engine (tesseract.js-core, Emscripten), one for each set of languages. */
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { assetPath } from '../../host/places.ts'
import { DocumentError } from '../errors.ts'
import type { OcrLanguage } from '../types.ts'

/** The part of the engine's own interface that is used here. */
export interface Core {
  readonly FS: { writeFile(path: string, data: Uint8Array): void }
  readonly TessBaseAPI: new () => Api
  destroy(object: Places): void
}
export interface Api {
  Init(path: null, languages: string, mode: number, config: null): number
  SetVariable(name: string, value: string): void
  SetImageFile(exif: number, angle: number): number
  Recognize(monitor: null): number
  GetIterator(): Places
  Clear(): void
}
/** Goes through what was read, in reading order. */
export interface Places {
  /** False where a picture stands. */
  Empty(level: number): boolean
  IsAtBeginningOf(level: number): boolean
  Next(level: number): boolean
  getBoundingBox(level: number): Box
  getBaseline(level: number): Box
  GetUTF8Text(level: number): string
  /** Of 100. */
  Confidence(level: number): number
}
export interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}
export interface Engine {
  readonly core: Core
  readonly api: Api
}

/** The engine was trained at this resolution; more only takes longer. */
export const OCR_DPI = 300
const LSTM_ONLY = 1
const ENGINE = 'tesseract.js-core/tesseract-core-simd-lstm'
/**
 * Where the engine keeps its product of weights and input for machines without eight-bit dot products: in the table of
 * functions of its pinned version. A test holds it against ours.
 */
export const PRODUCT_SLOT = 511

/** Outputs, columns, and addresses of weights, scales, input and result: see assembly/matrix.ts. */
export type Product = (...addresses: readonly [number, number, number, number, number, number]) => void

const require = createRequire(import.meta.url)

/** As long as the worker lives. */
const engines = new Map<string, Promise<Engine>>()

export function engineFor(languages: readonly OcrLanguage[]): Promise<Engine> {
  const key = languages.join('+')
  let engine = engines.get(key)
  if (!engine) {
    engine = startEngine(languages)
    engines.set(key, engine)
    // One that did not start is tried anew with the next page.
    engine.catch(() => engines.delete(key))
  }
  return engine
}

/** @throws DocumentError worker_failed */
async function startEngine(languages: readonly OcrLanguage[]): Promise<Engine> {
  const { core, memory, table } = await loadCore()
  table.set(PRODUCT_SLOT, ownProduct(memory))
  for (const language of languages)
    core.FS.writeFile(`./${language}.traineddata`, gunzipSync(await readFile(dataPath(language))))
  const api = new core.TessBaseAPI()
  if (api.Init(null, languages.join('+'), LSTM_ONLY, null) !== 0)
    throw new DocumentError('worker_failed', { task: 'ocr', languages: languages.join('+') })
  api.SetVariable('user_defined_dpi', String(OCR_DPI))
  return { core, api }
}

/** The program, its memory and its table of functions, which its makers' compiler has named by single letters. */
export async function loadCore(): Promise<{ core: Core; memory: WebAssembly.Memory; table: WebAssembly.Table }> {
  const start = require(`${ENGINE}.js`) as (options: object) => Promise<Core>
  const module = new WebAssembly.Module(readFileSync(require.resolve(`${ENGINE}.js`).replace(/js$/, 'wasm')))
  let parts: unknown[] = []
  const core = await start({
    // Its chatter is not for anybody; errors come back as codes.
    print: () => {},
    printErr: () => {},
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports)
      parts = Object.values(instance.exports)
      done(instance)
    },
  })
  return {
    core,
    memory: parts.find((part) => part instanceof WebAssembly.Memory)!,
    table: parts.find((part) => part instanceof WebAssembly.Table)!,
  }
}

/** To stand in the engine's memory for its own product: the same numbers in about four fifths of the time. */
export function ownProduct(memory: WebAssembly.Memory): Product {
  const module = new WebAssembly.Module(readFileSync(assetPath('kernels/reading.wasm')))
  return new WebAssembly.Instance(module, { env: { memory } }).exports['matrixDotVector'] as Product
}

/** The integer models made from the best ones: among the app's assets in the product, in their package otherwise. */
function dataPath(language: OcrLanguage): string {
  const shipped = assetPath(`tessdata/${language}.traineddata.gz`)
  if (existsSync(shipped)) return shipped
  const folder = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`))
  return join(folder, '4.0.0_best_int', `${language}.traineddata.gz`)
}

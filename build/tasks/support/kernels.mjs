/** What runs over pixels and weights, from AssemblyScript to WebAssembly. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { main } from 'assemblyscript/asc'
import { root } from '../../setup/places.mjs'

const documents = join(root, 'electron', 'core', 'documents')

/** Files of assets/kernels: where their sources lie, and how they differ from the others. */
export const KERNELS = {
  'kernels.wasm': { folder: join(documents, 'kernels', 'assembly'), options: [] },
  // Works in the memory of the engine that calls it.
  'reading.wasm': { folder: join(documents, 'ocr', 'assembly'), options: ['--importMemory'] },
}

const OPTIONS = ['--runtime', 'stub', '--use', 'abort=', '--noAssert', '--enable', 'simd', '-O3']

/**
 * @param {keyof typeof KERNELS} name
 * @returns {Promise<Uint8Array>} the same bytes for the same sources
 */
export async function compileKernels(name) {
  const { folder, options } = KERNELS[name]
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
  let made = null
  const writeFile = (_name, data) => void (made = data)
  const args = [...sources, '--baseDir', folder, ...OPTIONS, ...options, '--outFile', name]
  const { error, stderr } = await main(args, { writeFile })
  if (error || !made) throw new Error(`${name} does not compile: ${stderr.toString()}`)
  return made
}

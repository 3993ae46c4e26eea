/** Loops over pixels from AssemblyScript to WebAssembly. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { main } from 'assemblyscript/asc'
import { root } from '../../setup/places.mjs'

const OPTIONS = [
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--noAssert',
  '--enable',
  'simd',
  '-O3',
  '--outFile',
  'kernels.wasm',
]

/** @returns {Promise<Uint8Array>} the same bytes for the same sources */
export async function compileKernels() {
  const folder = join(root, 'electron', 'core', 'documents', 'kernels', 'assembly')
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
  let made = null
  const writeFile = (_name, data) => void (made = data)
  const { error, stderr } = await main([...sources, '--baseDir', folder, ...OPTIONS], { writeFile })
  if (error || !made) throw new Error(`the kernels do not compile: ${stderr.toString()}`)
  return made
}

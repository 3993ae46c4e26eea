/** `npm run kernels`: compiles the loops over pixels (electron/core/documents/kernels/assembly) into assets/kernels. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { compileKernels } from './support/kernels.mjs'

writeFileSync(join(root, 'assets', 'kernels', 'kernels.wasm'), await compileKernels())
